import type { CommandModule } from './context.ts';

/** The module of each command, loaded when it is called. */
export const modules: Readonly<Record<string, () => Promise<CommandModule>>> = {
	status: () => import('./status.ts'),
	services: () => import('./services.ts'),
	dags: () => import('./dags.ts'),
	runs: () => import('./runs.ts'),
	tasks: () => import('./tasks.ts'),
	models: () => import('./models.ts'),
	metrics: () => import('./metrics.ts'),
	logs: () => import('./logs.ts'),
	config: () => import('./config.ts'),
	completion: () => import('./completion.ts'),
	man: () => import('./man.ts'),
	__complete: () => import('./complete.ts'),
};
