import type { Monitor } from '../../app/monitor.ts';
import { listTree } from '../../clients/mlflow/artifact-tree.ts';
import { writeStream } from '../../clients/new-file.ts';
import { seeHelp, UsageError } from '../../command-line/arguments/given.ts';
import type { CommandContext } from '../../command-line/context/context.ts';
import { CommandFailure, nothingSuch } from '../../command-line/exit/failures.ts';
import { rfc3339 } from '../../command-line/facts/figures.ts';
import type { Document } from '../../command-line/json/documents.ts';
import { experimentRuns, mlflowRunsCalled } from '../../command-line/names/mlflow-runs.ts';
import type { Style } from '../../command-line/output/style.ts';
import type { TextTable } from '../../command-line/output/table-cells.ts';
import { exitCodes } from '../../command-line/rows/command.ts';
import { outputPath } from '../../command-line/show/deliver.ts';
import { show } from '../../command-line/show/show.ts';
import { describe } from '../../model/failures/described-error.ts';
import { type Artifact, artifactName, folderOf, textOfArtifact } from '../../model/mlflow/artifact.ts';
import type { MlflowRun } from '../../model/mlflow/experiment.ts';
import { maskText } from '../../model/secrets/secrets.ts';
import { cleanText } from '../../model/text/clean-text.ts';
import { mlflowOf } from '../../operations/models/mlflow.ts';
import { memory } from '../../words/amounts.ts';
import { phrase } from '../../words/message.ts';
import type { DrawImage } from './image.ts';

/** Bytes of a file that are printed. */
const printedBytes = 16 * 1024 * 1024;

const notText = ['{path} is not a text file', '{path}은(는) 텍스트 파일이 아닙니다'] as const;
const notShown = [
	'{path} is neither text nor an image that this terminal can show',
	'{path}은(는) 텍스트 파일도, 이 터미널에 표시할 수 있는 이미지도 아닙니다',
] as const;

/** What was asked for: a list, or the text of a file; nothing of a file that was saved. */
type Found = {
	readonly run: MlflowRun;
	readonly artifacts: readonly Artifact[];
	readonly hasMore: boolean;
	readonly text: string | null;
	/** Draws an image on the terminal; null: not an image, or the terminal shows none. */
	readonly image?: DrawImage | null;
};

/** `laketop artifacts` */
export function run(context: CommandContext): Promise<number> {
	const { given } = context;
	const path = given.words[1]?.replace(/^\/+|(?<!\/)\/+$/g, '') ?? '';
	let found: Found | null = null;
	return show<Document<'artifacts'>>(context, {
		watch: ['experiment'],
		requires: ['experiment'],
		interest: { withoutNewestRuns: isRunId(given.words[0] ?? '') },
		ask: async (monitor, signal) => {
			found = await find(context, monitor, path, signal);
		},
		document: (state, now) => ({
			schema: 'laketop/artifacts/1',
			at: rfc3339(now),
			experiment: experimentRuns(state, context).experiment,
			run_id: found?.run.runId ?? '',
			run_name: found?.run.runName ?? '',
			path,
			artifacts: (found?.artifacts ?? []).map(one => ({ path: one.path, is_folder: one.isFolder, size: one.size })),
			has_more: found?.hasMore ?? false,
		}),
		isDelivered: () => outputPath(context) !== null && !given.is('json'),
		whole: (_document, style) => found?.image?.(style) ?? found?.text ?? null,
		blocks: (document, style) => [artifactsTable(document, style)],
	});
}

async function find(context: CommandContext, monitor: Monitor, path: string, signal: AbortSignal): Promise<Found> {
	const { given } = context;
	const run = await runCalled(context, monitor, signal);
	const { artifacts: files } = mlflowOf(monitor.clients);
	const file = path === '' ? undefined : await entryOf(monitor, run, path, signal);
	const isSaved = outputPath(context) !== null && !given.is('json');
	if (file === undefined || file.isFolder) {
		if (isSaved)
			throw new UsageError(
				phrase(['--output saves one file: name its path', '--output은 파일 하나를 저장합니다. 경로를 지정하세요']),
				seeHelp('artifacts'),
			);
		const { artifacts, hasMore } = await listTree(files, run.runId, path, signal);
		return { run, artifacts, hasMore, text: null };
	}
	const listed = { run, artifacts: [file], hasMore: false };
	if (given.is('json')) return { ...listed, text: null };
	if (isSaved) {
		await save(context, await files.open(run.runId, path, signal));
		return { ...listed, text: null };
	}
	const { bytes, isWhole } = await files.read(run.runId, path, printedBytes, signal);
	const text = textOfArtifact(bytes, isWhole);
	if (text === null && isWhole && context.out.isTerminal) {
		const { imageDrawer } = await import('./image.ts');
		const image = await imageDrawer(context, bytes);
		if (image !== null) return { ...listed, text: null, image };
	}
	if (text === null || !isWhole)
		throw new CommandFailure(
			{
				kind: 'refused',
				message:
					text === null
						? phrase(context.out.isTerminal ? notShown : notText, { path })
						: phrase(['{path} is too large to print', '{path}은(는) 너무 커서 출력할 수 없습니다'], { path }),
				fix: phrase(['Save it with --output FILE', '--output FILE로 저장하세요']),
			},
			exitCodes.failed,
		);
	return { ...listed, text: printed(text) };
}

/** Cleaned line by line: what a run logged must not control the terminal, nor show a secret. */
function printed(text: string): string {
	const lines = text.split(/\r?\n/).map(line => maskText(cleanText(line)));
	return lines.at(-1) === '' ? lines.join('\n') : `${lines.join('\n')}\n`;
}

const isRunId = (word: string) => /^[0-9a-f]{32}$/.test(word);

/** By id also a run that is not among the newest. */
async function runCalled(context: CommandContext, monitor: Monitor, signal: AbortSignal): Promise<MlflowRun> {
	const [word = ''] = context.given.words;
	const known = experimentRuns(monitor.store.current(), context);
	if (isRunId(word) && !known.runs.some(({ runId }) => runId === word)) {
		const run = await mlflowOf(monitor.clients).run(word, signal);
		if (run) return run;
	}
	const [run, ...others] = mlflowRunsCalled([word], known);
	if (run && others.length === 0) return run;
	throw new UsageError(
		phrase(
			[
				'{word} names {n} MLflow runs: name one by its ID',
				'{word}에 해당하는 MLflow 실행이 {n}개입니다. ID로 지정하세요',
			],
			{ word, n: others.length + 1 },
		),
		seeHelp('artifacts'),
	);
}

/** MLflow answers a missing file with status 500 (2.9.2), and lists nothing for it: the folder around it is asked. */
async function entryOf(
	{ clients }: Pick<Monitor, 'clients'>,
	run: MlflowRun,
	path: string,
	signal: AbortSignal,
): Promise<Artifact> {
	const { artifacts } = await mlflowOf(clients).artifacts.list(run.runId, folderOf(path), signal);
	const found = artifacts.find(one => one.path === path);
	if (found) return found;
	throw nothingSuch(
		phrase(['MLflow run {name} has no artifact {path}', 'MLflow 실행 {name}에 아티팩트 {path}이(가) 없습니다'], {
			name: run.runName,
			path,
		}),
	);
}

async function save(context: CommandContext, bytes: AsyncIterable<Uint8Array>): Promise<void> {
	const path = outputPath(context);
	if (path === null) return;
	let size: number;
	try {
		size = await writeStream(path, bytes, context.given.is('force'));
	} catch (error) {
		const file = context.given.text('output') ?? path;
		const message = phrase(['cannot write {file}: {why}', '{file}을(를) 쓸 수 없습니다: {why}'], {
			file,
			why: describe(error),
		});
		throw new CommandFailure({ kind: 'refused', message, fix: null }, exitCodes.failed);
	}
	context.say(
		phrase(['Saved {size} to {file}', '{size}을(를) {file}에 저장했습니다'], { size: memory(size), file: path }),
	);
}

function artifactsTable({ artifacts, path, has_more }: Document<'artifacts'>, { say }: Style): TextTable {
	const top = path === '' ? 0 : path.split('/').length;
	return {
		columns: [{ title: say(['ARTIFACT', '아티팩트']) }, { title: say(['SIZE', '크기']), align: 'right' }],
		rows: [
			...artifacts.map(one => {
				const depth = Math.max(0, one.path.split('/').length - 1 - top);
				const name = `${artifactName(one.path)}${one.is_folder ? '/' : ''}`;
				return [{ text: `${'  '.repeat(depth)}${name}` }, { text: one.size === null ? '' : memory(one.size) }];
			}),
			...(has_more ? [[{ text: say(['more', '더 있음']) }, { text: '' }]] : []),
		],
		empty: say(['No artifacts.', '아티팩트가 없습니다.']),
	};
}
