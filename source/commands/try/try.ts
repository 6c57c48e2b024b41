import { isAbsolute, posix } from 'node:path';
import type { Watched } from '../../app/feeds.ts';
import { gather } from '../../app/gather.ts';
import { startMonitor } from '../../app/monitor.ts';
import { printableJson } from '../../model/clean-text.ts';
import { usualDagFolder } from '../../model/dag-folder.ts';
import { didYouMean } from '../../model/nearest.ts';
import type { StackState } from '../../model/state.ts';
import { isRefusal } from '../../operations/plan.ts';
import { fileTrial, trialWords } from '../../operations/try-file.ts';
import { refusalOf } from '../change.ts';
import { exitCodes } from '../command.ts';
import type { CommandContext } from '../context.ts';
import { rfc3339 } from '../facts.ts';
import { demandLive, nothingSuch } from '../failures.ts';
import type { Document } from '../json/documents.ts';
import { gatherMs } from '../show.ts';

/** `laketop try` */
export async function run({ given, config, io, out, say, signal }: CommandContext): Promise<number> {
	const word = given.words[0] ?? config.dag;
	// A file is tried without Airflow: it may be what keeps its DAG from being known.
	const isFile = word.endsWith('.py');
	const watch: Watched[] = isFile ? ['containers'] : ['containers', 'dags'];
	const monitor = startMonitor({ config, clock: io.clock, watch, interest: isFile ? {} : { dagId: word } });
	try {
		await gather(monitor, isFile ? ['containers'] : ['containers', 'dags'], gatherMs, signal);
		const state = monitor.store.current();
		demandLive(state, 'containers');
		const trial = fileTrial(state, isFile ? pathInside(word) : fileOfDag(state, word));
		if (isRefusal(trial)) throw refusalOf(trial);
		const end = await trial.run(monitor.clients, signal);
		const { exitCode, lines, tookMs } = end;
		if (exitCode !== 0 && lines.some(line => line.includes('FileNotFoundError') && line.includes(trial.file)))
			throw nothingSuch(`There is no ${trial.file} in ${trial.container}`, 'laketop doctor --deep lists what is there');
		if (given.is('json')) {
			const document: Document<'trial'> = {
				schema: 'laketop/trial/1',
				at: rfc3339(io.clock.now()),
				container: trial.container,
				file: trial.file,
				program_exit_code: exitCode,
				duration_ms: Math.round(tookMs),
				lines: [...lines],
			};
			await out.write(`${printableJson(document, '\t')}\n`);
		} else {
			await out.write(lines.map(line => `${line}\n`).join(''));
			say(`${trial.file}: ${trialWords(end)}`);
		}
		return exitCode === 0 ? exitCodes.ok : exitCodes.failed;
	} finally {
		await monitor.stop();
	}
}

/** `dags/x.py` and `x.py` are the scheduler's `/opt/airflow/dags/x.py`. */
function pathInside(path: string): string {
	return isAbsolute(path) ? path : posix.join(usualDagFolder, path.replace(/^(\.\/)?dags\//, ''));
}

function fileOfDag(state: StackState, dagId: string): string {
	demandLive(state, 'dags');
	const dags = state.dags ?? [];
	const file = dags.find(one => one.dagId === dagId)?.fileLocation;
	if (file != null) return file;
	const ids = dags.map(one => one.dagId);
	throw nothingSuch(
		`Airflow has no DAG ${dagId}${didYouMean(dagId, ids)}`,
		'A file that it could not read yet is named by its path: laketop try dags/FILE.py',
	);
}
