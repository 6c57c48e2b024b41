import { isAbsolute, posix } from 'node:path';
import type { Watched } from '../../app/feeds.ts';
import { gather } from '../../app/gather.ts';
import { startMonitor } from '../../app/monitor.ts';
import { refusalOf } from '../../command-line/change/change.ts';
import type { CommandContext } from '../../command-line/context/context.ts';
import { demandLive, demandOne, nothingSuch } from '../../command-line/exit/failures.ts';
import { rfc3339 } from '../../command-line/facts/figures.ts';
import type { Document } from '../../command-line/json/documents.ts';
import { dagToChange } from '../../command-line/names/dag-names.ts';
import { exitCodes } from '../../command-line/rows/command.ts';
import { gatherMs } from '../../command-line/show/show.ts';
import { defaultDagFolder } from '../../model/airflow/dag-folder.ts';
import type { StackState } from '../../model/state.ts';
import { printableJson } from '../../model/text/clean-text.ts';
import { fileTrial, trialWords } from '../../operations/dags/try-file.ts';
import { isRefusal } from '../../operations/plan/plan.ts';
import { resolveDag } from '../../selectors/names/dags.ts';
import { phrase } from '../../words/message.ts';

/** `laketop try` */
export async function run(context: CommandContext): Promise<number> {
	const { given, config, io, out, say, signal } = context;
	const word = given.words[0] ?? config.dag;
	// A file needs no Airflow: its own error may keep Airflow from knowing its DAG.
	const isFile = word.endsWith('.py');
	const watch: Watched[] = isFile ? ['containers'] : ['containers', 'dags'];
	const monitor = startMonitor({ config, clock: io.clock, watch, interest: isFile ? {} : { dagId: word } });
	try {
		await gather(monitor, isFile ? ['containers'] : ['containers', 'dags'], gatherMs, signal);
		const state = monitor.store.current();
		demandLive(state, 'containers');
		const trial = fileTrial(state, isFile ? pathInside(word) : fileOfDag(state, dagToChange(context, state)));
		if (isRefusal(trial)) throw refusalOf(trial);
		const end = await trial.run(monitor.clients, signal);
		const { exitCode, lines, tookMs } = end;
		const isMissing = lines.some(line => line.includes('FileNotFoundError') && line.includes(trial.file));
		if (exitCode !== 0 && isMissing)
			throw nothingSuch(
				phrase(['no file {file} in {container}', '{container}에 {file} 파일이 없습니다'], {
					file: trial.file,
					container: trial.container,
				}),
				phrase([
					'Run laketop doctor --deep to list the DAG files',
					'laketop doctor --deep으로 DAG 파일 목록을 확인하세요',
				]),
			);
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
			say(phrase(['{file}: {words}', '{file}: {words}'], { file: trial.file, words: trialWords(end) }));
		}
		return exitCode === 0 ? exitCodes.ok : exitCodes.failed;
	} finally {
		await monitor.stop();
	}
}

/** `dags/x.py` and `x.py` are the scheduler's `/opt/airflow/dags/x.py`. */
function pathInside(path: string): string {
	return isAbsolute(path) ? path : posix.join(defaultDagFolder, path.replace(/^(\.\/)?dags\//, ''));
}

function fileOfDag(state: StackState, dagId: string): string {
	demandLive(state, 'dags');
	const fix = phrase([
		'To check a file that Airflow has not read yet, name its path: laketop try dags/FILE.py',
		'Airflow가 아직 읽지 않은 파일은 경로로 지정하세요: laketop try dags/FILE.py',
	]);
	const dags = (state.dags ?? []).filter(({ fileLocation }) => fileLocation !== null);
	return demandOne(resolveDag(dagId, dags, fix)).fileLocation ?? '';
}
