import { pathsUnder } from '../paths.ts';

export const { dagPath, runsPath, runPath, taskPath, logPath } = pathsUnder('/api/v1');
