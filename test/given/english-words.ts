/**
 * Finds English words of ours in what is written with `--lang ko`. Names of others (ids, services, metrics) are excused by
 * the word; sentences of others (log lines, descriptions, answers of servers) only where two words follow each other as
 * they do there, so that a log line does not excuse any word that happens to be in it.
 */
import { stripVTControlCharacters } from 'node:util';
import type { StackState } from '../../source/model/state.ts';

/**
 * Names that are the same in every language: of programs, protocols, keys, formats, what they call their parts (a run's
 * `conf` and `params`, the `step` of a metric, Airflow's `clear`, MLflow's stages of models), and words that are typed as they are (`up` and `down` of Compose, `yesterday` as
 * a time, `exit` of a shell).
 */
const foreign = new Set(
	`laketop host up down yesterday Left Right Up Down Backspace Delete Airflow Celery Redis Postgres MLflow Docker Compose docker compose DAG DAGs CPU CONF OOM Esc Tab Enter Space PgUp PgDn Home End Ctrl
	airflow mlflow podman python PONG pong null Admin Python XCom conf params step PENDING clear exit grep less top celery
	None Staging Production Archived
	MiB GiB KiB NaN JSON SQL URL URI NTP OSC HTTP API UTC REST curl ping POST GET PATCH ssh dark light auto mono SIGKILL traceback START END root debug info warning error`.split(
		/\s+/,
	),
);

export type Known = {
	/** Names of others. */
	readonly names: ReadonlySet<string>;
	/** Pairs of words that follow each other in texts of others. */
	readonly pairs: ReadonlySet<string>;
};

const wordsOf = (text: string): readonly string[] => text.match(/[A-Za-z]+/g) ?? [];

/**
 * @param texts of others: sentences, log lines
 * @param more names that are not in the state
 */
export function knownOf(state: StackState, texts: readonly string[] = [], more: readonly string[] = []): Known {
	const names = new Set([...stringsOf(namesOf(state)), ...more].flatMap(wordsOf));
	const pairs = new Set<string>();
	for (const text of [...texts, ...textsOf(state)]) {
		const words = wordsOf(text);
		for (const [index, word] of words.entries()) pairs.add(`${word} ${words[index + 1] ?? ''}`);
	}
	return { names, pairs };
}

function namesOf(state: StackState): unknown {
	return [
		Object.values(state.containers).map(({ container, detail }) => [
			[container.name, container.image, container.project, container.service, container.mounts, container.ports],
			detail?.restartPolicy,
		]),
		state.stack,
		state.endpoints.map(({ title }) => title),
		state.dags?.map(({ dagId, schedule, owners, tags }) => [dagId, schedule, owners, tags]),
		Object.values(state.dagTasks)
			.flat()
			.map(({ taskId, operator }) => [taskId, operator]),
		Object.values(state.dagRuns)
			.flat()
			.map(({ dagRunId, conf }) => [dagRunId, conf]),
		Object.values(state.taskInstances)
			.flat()
			.map(({ taskId, hostname, pool, queue }) => [taskId, hostname, pool, queue]),
		state.experimentNames,
		state.experiment,
		[...(state.mlflowRuns ?? []), ...state.versionRuns].map(({ runName, metrics, params, tags }) => [
			runName,
			metrics,
			params,
			tags,
		]),
		state.modelVersions?.map(({ name, aliases, tags }) => [name, aliases, tags]),
		state.loggedModels?.map(({ name, modelType }) => [name, modelType]),
		state.prompts?.map(({ name, aliases }) => [name, aliases]),
	];
}

/** Sentences of others that the state holds. What is in a `Message` beside its text is of others, too. */
function textsOf(state: StackState): readonly string[] {
	return [
		...stringsOf([
			state.dags?.map(({ description }) => description),
			state.importErrors,
			state.dagRuns,
			Object.values(state.containers).map(({ detail }) => detail?.probes),
			Object.values(state.taskFailures),
			state.signs,
			state.checks,
			state.timeline,
			state.findings,
			state.endpoints,
			state.logStreams,
			state.actions,
			state.feeds,
		]),
	].filter(text => text.includes(' '));
}

/** All strings in some data; of a message only what was put into it, as its own text is ours. */
export function stringsOf(value: unknown): readonly string[] {
	if (typeof value === 'string') return [value];
	if (typeof value !== 'object' || value === null) return [];
	if ('text' in value && 'params' in value) return stringsOf(value.params);
	return Object.values(value).flatMap(stringsOf);
}

/**
 * A text without commands that are to be typed: of a question, from `$` to the empty line below; of a finding, from `$` to
 * the end of the line; without keys of `laketop.yaml`, and words of a protocol that are added to Korean ones: `비정상(unhealthy)`.
 */
const withoutCommands = (text: string) =>
	text
		.replace(/│ \$ [\s\S]*?│ *│/g, '')
		// Its further lines are indented beyond the `$`.
		.replaceAll(/(│ +|^ *)\$ .*(\n│? {6,}[^\p{Script=Hangul}\n]*)*/gmu, '')
		.replaceAll(/^ *(- )?(curl|docker|podman) .*/gm, '')
		.replaceAll(/\b(?:docker|podman|laketop)(?: compose)? [a-z-]+(?: \S+ airflow [a-z-]+ [a-z-]+)?/g, '')
		.replaceAll(/laketop\.yaml의 [a-z_.]+/g, '')
		.replaceAll(/(?<=\p{Script=Hangul})\([\w ]+\)/gu, '');

/** Part of a name, a path, an option or a key=value. */
const inName = /[\w$./=@:-]/;

/** The words of a text that are English, no name and no words of others. */
export function englishIn(text: string, { names, pairs }: Known): readonly string[] {
	const plain = withoutCommands(stripVTControlCharacters(text));
	const all = [...plain.matchAll(/[A-Za-z]+/g)];
	return all.flatMap(({ 0: word, index }, position) => {
		const [before = '', after = '', next = ''] = [
			plain[index - 1],
			plain[index + word.length],
			plain[index + word.length + 1],
		];
		// A full stop ends a sentence; followed by a letter it is inside a name.
		const isInName =
			inName.test(before) ||
			// A name that is cut inside.
			before === '…' ||
			/[\w/=…-]/.test(after) ||
			(after === ' ' && next === '…') ||
			(/[.:@]/.test(after) && /[\w/]/.test(next));
		const following = all[position + 1];
		const isNextCut = following !== undefined && plain[following.index + following[0].length] === '…';
		const isQuoted =
			pairs.has(`${all[position - 1]?.[0]} ${word}`) ||
			pairs.has(`${word} ${following?.[0]}`) ||
			(isNextCut && [...pairs].some(pair => pair.startsWith(`${word} ${following[0]}`)));
		return word.length < 3 || isInName || foreign.has(word) || names.has(word) || isQuoted ? [] : [word];
	});
}
