import { latestPoint, type TrackedRun } from '../world/mlflow/tracking-store.ts';
import { invalid } from './reply.ts';

/** MLflow's search language, as far as runs need it (mlflow/utils/search_utils.py): comparisons joined by `and`. */

export type Comparison = { kind: string; key: string; operator: string; value: string | number | string[] };

const TOKEN =
	/\s*(?:(and|AND)\b|([A-Za-z_]+)\.(`[^`]+`|"[^"]+"|[\w.\-/]+)|([A-Za-z_]\w*)|(!=|>=|<=|=|>|<)|('(?:[^'])*'|"(?:[^"])*"|-?\d+(?:\.\d+)?(?:[eE][-+]?\d+)?)|(\())/y;

const KINDS: Readonly<Record<string, string>> = {
	attribute: 'attribute',
	attributes: 'attribute',
	attr: 'attribute',
	run: 'attribute',
	metric: 'metric',
	metrics: 'metric',
	param: 'param',
	params: 'param',
	parameter: 'param',
	parameters: 'param',
	tag: 'tag',
	tags: 'tag',
};

const unquoted = (text: string): string => (/^(['"`]).*\1$/s.test(text) ? text.slice(1, -1) : text);

export function parseFilter(filter: string): Comparison[] {
	const found: Comparison[] = [];
	let at = 0;
	const fail = (): never => {
		throw invalid(`Invalid clause(s) in filter string: '${filter.slice(at).trim()}'`);
	};
	const next = (): RegExpExecArray => {
		TOKEN.lastIndex = at;
		const match = TOKEN.exec(filter);
		if (match === null) return fail();
		at = TOKEN.lastIndex;
		return match;
	};
	while (filter.slice(at).trim() !== '') {
		if (found.length > 0 && next()[1] === undefined) fail();
		const left = next();
		const kind = left[2] === undefined ? 'attribute' : KINDS[left[2].toLowerCase()];
		const key = unquoted(left[3] ?? left[4] ?? '');
		if (key === '') fail();
		if (kind === undefined) {
			throw invalid(
				`Invalid entity type '${left[2]}'. Valid values are ['metric', 'parameter', 'tag', 'attribute', 'dataset']`,
			);
		}
		const comparator = next();
		let operator = (comparator[5] ?? comparator[4] ?? '').toUpperCase();
		if (operator === 'NOT') operator = `NOT ${(next()[4] ?? '').toUpperCase()}`;
		if (!['=', '!=', '>', '>=', '<', '<=', 'LIKE', 'ILIKE', 'IN', 'NOT IN'].includes(operator)) fail();
		if (operator.endsWith('IN')) {
			const close = filter.indexOf(')', at);
			if (next()[7] === undefined || close === -1) fail();
			const values = filter
				.slice(at, close)
				.split(',')
				.map(text => unquoted(text.trim()));
			at = close + 1;
			found.push({ kind, key, operator, value: values });
			continue;
		}
		const right = next()[6];
		if (right === undefined) fail();
		const text = right ?? '';
		const quoted = /^['"]/.test(text);
		if (kind === 'metric' && quoted) throw invalid(`Expected numeric value type for metric. Found ${unquoted(text)}`);
		if ((kind === 'param' || kind === 'tag') && !quoted) {
			throw invalid(`Expected a quoted string value for ${kind} (e.g. 'my-value'). Got value ${text}`);
		}
		found.push({ kind, key, operator, value: quoted ? unquoted(text) : Number(text) });
	}
	return found;
}

const ATTRIBUTES: Readonly<Record<string, (run: TrackedRun) => string | number | undefined>> = {
	run_id: run => run.runId,
	run_name: run => run.name,
	'run name': run => run.name,
	'Run name': run => run.name,
	user_id: run => run.userId,
	status: run => run.status,
	start_time: run => run.startTime,
	created: run => run.startTime,
	end_time: run => run.endTime,
	artifact_uri: run => `mlflow-artifacts:/${run.experimentId}/${run.runId}/artifacts`,
};

export function fieldOf(run: TrackedRun, kind: string, key: string): string | number | undefined {
	if (kind === 'metric') return latestPoint(run.metrics.get(key) ?? [])?.value;
	if (kind === 'param') return run.params.get(key);
	if (kind === 'tag') return run.tags.get(key);
	const attribute = Object.hasOwn(ATTRIBUTES, key) ? ATTRIBUTES[key] : undefined;
	if (attribute === undefined) {
		const keys = Object.keys(ATTRIBUTES).map(name => `'${name}'`);
		throw invalid(`Invalid attribute key '${key}' specified. Valid keys are '{${keys.join(', ')}}'`);
	}
	return attribute(run);
}

/** SQL's LIKE: `%` for anything, `_` for one character. */
function like(text: string, pattern: string, flags: string): boolean {
	const source = pattern
		.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
		.replaceAll('%', '.*')
		.replaceAll('_', '.');
	return new RegExp(`^${source}$`, `s${flags}`).test(text);
}

export function compares(actual: string | number | undefined, { operator, value }: Comparison): boolean {
	if (actual === undefined) return false;
	if (Array.isArray(value)) return value.includes(String(actual)) === (operator === 'IN');
	switch (operator) {
		case '=':
			return actual === value;
		case '!=':
			return actual !== value;
		case '>':
			return actual > value;
		case '>=':
			return actual >= value;
		case '<':
			return actual < value;
		case '<=':
			return actual <= value;
		case 'LIKE':
			return like(String(actual), String(value), '');
		default:
			return like(String(actual), String(value), 'i');
	}
}

export function matches(run: TrackedRun, comparisons: readonly Comparison[]): boolean {
	return comparisons.every(comparison => compares(fieldOf(run, comparison.kind, comparison.key), comparison));
}

/** `metrics.accuracy DESC`, …; ties by start time, newest first, then by id. NaN after numbers, missing last. */
export function sortRuns(runs: readonly TrackedRun[], orderBy: readonly string[]): TrackedRun[] {
	const orders = orderBy.map(text => {
		const match = /^\s*(?:([A-Za-z_]+)\.)?(`[^`]+`|"[^"]+"|[\w.\- /]+?)(?:\s+(ASC|DESC))?\s*$/i.exec(text);
		const kind = match?.[1] === undefined ? 'attribute' : KINDS[match[1].toLowerCase()];
		if (match === null || kind === undefined) throw invalid(`Invalid order_by clause '${text}'`);
		return { kind, key: unquoted(match[2] ?? ''), down: match[3]?.toUpperCase() === 'DESC' };
	});
	const seen = new Set<string>();
	for (const { kind, key } of orders) {
		if (seen.has(`${kind}/${key}`)) throw invalid('`order_by` contains duplicate fields');
		seen.add(`${kind}/${key}`);
	}
	const rank = (value: string | number | undefined): number =>
		value === undefined ? 2 : typeof value === 'number' && Number.isNaN(value) ? 1 : 0;
	return [...runs].sort((a, b) => {
		for (const { kind, key, down } of orders) {
			const [left, right] = [fieldOf(a, kind, key), fieldOf(b, kind, key)];
			if (rank(left) !== rank(right)) return rank(left) - rank(right);
			if (left === undefined || right === undefined || left === right || rank(left) > 0) continue;
			return (left < right ? -1 : 1) * (down ? -1 : 1);
		}
		return b.startTime - a.startTime || (a.runId < b.runId ? -1 : 1);
	});
}
