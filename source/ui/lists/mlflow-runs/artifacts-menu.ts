import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { resolve } from 'node:path';
import { writeStream } from '../../../clients/new-file.ts';
import { parseOutsideJson } from '../../../clients/outside-json.ts';
import { describe } from '../../../model/failures/described-error.ts';
import { failureOf } from '../../../model/failures/failure.ts';
import { type Artifact, artifactName, fileNameOf, folderOf, textOfArtifact } from '../../../model/mlflow/artifact.ts';
import type { MlflowRun } from '../../../model/mlflow/experiment.ts';
import { maskText } from '../../../model/secrets/secrets.ts';
import { cleanText } from '../../../model/text/clean-text.ts';
import { mlflowOf } from '../../../operations/models/mlflow.ts';
import { refusalKind } from '../../../operations/plan/run-plan.ts';
import { imageHeader } from '../../../presentation/image/image-header.ts';
import { imageBytes } from '../../../presentation/image/shown-image.ts';
import { indentedJson } from '../../../presentation/indented-json.ts';
import { laketopCommand } from '../../../selectors/printed-commands/printed-command.ts';
import { memory } from '../../../words/amounts.ts';
import type { StepContext } from '../../actions/action.ts';
import { cannot, later } from '../../actions/step.ts';
import type { Choice, Effect, Page, PageLine } from '../../conversation.ts';
import { good } from '../../hint.ts';
import { type FetchedFile, imageParts } from './image-page.ts';

/** Bytes of a file that are shown. */
const shownBytes = 512 * 1024;
/** Lines of a page: more are not read on a screen. */
const shownLines = 5000;

/** Folders and files of a run, to open one. */
export function artifactsMenu(context: StepContext, run: MlflowRun, folder = ''): Effect {
	const { clients, signal, say } = context;
	return answered(async () => {
		const { artifacts, hasMore } = await mlflowOf(clients).artifacts.list(run.runId, folder, signal);
		if (artifacts.length === 0 && folder === '')
			return cannot(say(['This MLflow run has no artifacts', '이 MLflow 실행에는 아티팩트가 없습니다']));
		const up: Choice = { id: '..', label: '..', hint: say(['folder above', '상위 폴더']) };
		const choices = artifacts.map(
			({ path, isFolder, size }): Choice => ({
				id: path,
				label: isFolder ? `${artifactName(path)}/` : artifactName(path),
				hint: isFolder ? say(['folder', '폴더']) : size === null ? '' : memory(size),
			}),
		);
		const title = say(['Artifacts of {name} {folder}', '{name}의 아티팩트 {folder}'], {
			name: run.runName,
			folder,
		}).trim();
		return {
			kind: 'choose',
			question: {
				title: hasMore ? say(['{title}, the first ones', '{title}, 처음 일부'], { title }) : title,
				filters: true,
				choices: [...(folder === '' ? [] : [up]), ...choices],
				next: id => {
					if (id === '..') return artifactsMenu(context, run, folderOf(folder));
					const chosen = artifacts.find(({ path }) => path === id);
					if (chosen === undefined) return { kind: 'nothing' };
					return chosen.isFolder ? artifactsMenu(context, run, chosen.path) : filePage(context, run, chosen);
				},
			},
		};
	});
}

/** What a server answers; a failure becomes a hint. */
function answered(ask: () => Promise<Effect>): Effect {
	const answer = async (): Promise<Effect> => {
		try {
			return await ask();
		} catch (error) {
			const failure = failureOf(error);
			return cannot(failure.message, refusalKind(failure.kind));
		}
	};
	return later(answer());
}

function filePage(context: StepContext, run: MlflowRun, artifact: Artifact): Effect {
	const { clients, signal, say } = context;
	const { path } = artifact;
	const read = (bytes: number) => mlflowOf(clients).artifacts.read(run.runId, path, bytes, signal);
	return answered(async () => {
		let part = await read(shownBytes);
		const text = textOfArtifact(part.bytes, part.isWhole);
		if (text === null && !part.isWhole && imageHeader(part.bytes) !== null && (artifact.size ?? 0) <= imageBytes)
			part = await read(imageBytes);
		const image = text === null ? await imagePartsOf(context, run, { ...artifact, ...part }) : null;
		const written = text?.split(/\r?\n/).map(harmless) ?? [];
		const page: Page = {
			title: path,
			lines: text === null ? [binaryLine(context, artifact)] : linesOf(context, text, written, part.isWhole),
			...image,
			copies: text === null ? path : written.join('\n'),
			copiesWhat: text === null ? ['path', '경로'] : ['text', '텍스트'],
			note: say(['y copies it', 'y 복사']),
			leads: [{ key: 'W', label: say(['save', '저장']), next: () => saveQuestion(context, run, path) }],
			back: () => artifactsMenu(context, run, folderOf(path)),
		};
		return { kind: 'page', page };
	});
}

function imagePartsOf({ images, say, state }: StepContext, { runId }: MlflowRun, file: FetchedFile) {
	const words = ['artifacts', '--output', fileNameOf(file.path)];
	return imageParts(file, images, { say, command: laketopCommand(state, { words, names: [runId, file.path] }) });
}

function binaryLine({ say }: StepContext, { size }: Artifact): PageLine {
	const text =
		size === null
			? say(['Not a text file.', '텍스트 파일이 아닙니다.'])
			: say(['Not a text file, {size}.', '텍스트 파일이 아닙니다, {size}.'], { size: memory(size) });
	return { text, tone: 'muted' };
}

/** Text that a run logged must not control a terminal, here or after a paste, and must not show secrets. */
const harmless = (line: string): string => maskText(cleanText(line));

/**
 * JSON is indented.
 * @param written the harmless lines of the text
 */
function linesOf({ say }: StepContext, text: string, written: readonly string[], isWhole: boolean): PageLine[] {
	const all = isWhole && isJson(text) ? indentedJson(text, shownLines + 1).map(harmless) : written;
	const lines = all.slice(0, shownLines).map((line): PageLine => ({ text: line }));
	if (isWhole && all.length <= shownLines) return lines;
	const cut = isWhole
		? say(['Only the first {n} lines are shown.', '처음 {n}줄만 표시합니다.'], { n: shownLines })
		: say(['Only the first {size} are shown.', '처음 {size}만 표시합니다.'], { size: memory(shownBytes) });
	return [...lines, { text: '' }, { text: cut, tone: 'muted' }];
}

function isJson(text: string): boolean {
	if (!/^\s*[[{]/.test(text)) return false;
	try {
		parseOutsideJson(text);
		return true;
	} catch {
		return false;
	}
}

/** Asks for a file; a second question if there is one already. */
function saveQuestion(context: StepContext, run: MlflowRun, path: string): Effect {
	const { say } = context;
	return {
		kind: 'input',
		question: {
			title: say(['Save the artifact to', '아티팩트를 저장할 파일']),
			hint: say(['Name or path of a file; the folder must exist', '파일 이름이나 경로. 폴더가 있어야 합니다']),
			initial: fileNameOf(path),
			problem: text => (text.trim() === '' ? say(['Enter a file', '파일을 입력하세요']) : null),
			next: text => {
				const file = resolve(text.trim().replace(/^~(?=\/|$)/, homedir()));
				return existsSync(file) ? replaceQuestion(context, run, { path, file }) : saved(context, run, { path, file });
			},
		},
	};
}

type Saving = { readonly path: string; readonly file: string; readonly replaces?: true };

function replaceQuestion(context: StepContext, run: MlflowRun, saving: Saving): Effect {
	const { say } = context;
	return {
		kind: 'choose',
		question: {
			title: say(['{file} exists', '{file} 파일이 이미 있습니다'], { file: saving.file }),
			filters: false,
			selected: 'keep',
			choices: [
				{ id: 'keep', label: say(['Keep it', '그대로 두기']), hint: '' },
				{
					id: 'replace',
					label: say(['Replace it', '바꾸기']),
					hint: say(['what is in it is lost', '내용이 사라집니다']),
				},
			],
			next: id =>
				id === 'replace'
					? saved(context, run, { ...saving, replaces: true })
					: { kind: 'nothing', hint: say(['Not saved', '저장하지 않았습니다']) },
		},
	};
}

function saved({ clients, signal, say }: StepContext, run: MlflowRun, saving: Saving): Effect {
	const { path, file, replaces = false } = saving;
	return answered(async () => {
		const bytes = await mlflowOf(clients).artifacts.open(run.runId, path, signal);
		let size: number;
		try {
			size = await writeStream(file, bytes, replaces);
		} catch (error) {
			return cannot(
				say(['Cannot write {file}: {reason}', '{file}에 쓸 수 없습니다: {reason}'], { file, reason: describe(error) }),
			);
		}
		return {
			kind: 'nothing',
			hint: good(say(['Saved {size} to {file}', '{size}을(를) {file}에 저장했습니다'], { size: memory(size), file })),
		};
	});
}
