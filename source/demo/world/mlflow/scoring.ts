import { HOUR, MINUTE, SECOND } from '../time.ts';
import { isMlflow3 } from '../versions.ts';
import { every, mlflowAnswers, sinceStart, type World } from '../world.ts';
import type { ModelVersion, TraceRow } from './tracking-store.ts';

/**
 * What the demo's MLflow 3 has beyond runs and models: the traces of a service that explains scores, and the prompt that it
 * uses.
 */

const EXPERIMENT = '1';
const BETWEEN_TRACES_MS = 20 * SECOND;
/** Older traces are archived. */
const KEPT_MS = 2 * HOUR;
const PROMPT = 'explain_score';
const TEMPLATES = [
	'Explain in one sentence why {{customer}} is about to leave.',
	'Explain why {{customer}} is about to leave, and name the strongest feature.',
];

/** The last hour, and the traces to come. */
export function runScoring(world: World): void {
	if (!isMlflow3(world.mlflow.version)) return;
	addPrompt(world);
	const count = HOUR / BETWEEN_TRACES_MS;
	for (let back = count; back >= 1; back--) addTrace(world, world.time - back * BETWEEN_TRACES_MS + 2 * SECOND);
	if (!world.autonomous) return;
	every(world, BETWEEN_TRACES_MS, () => {
		if (mlflowAnswers(world)) addTrace(world, world.time);
	});
}

function addTrace(world: World, startedAt: number): void {
	const { traces } = world.mlflow;
	const random = world.random.fork(`trace/${Math.round((startedAt - world.startedAt) / SECOND)}`);
	const customer = `c-${random.integer(1000, 9999)}`;
	const hasFailed = random.next() < 0.03;
	const trace: TraceRow = {
		traceId: `tr-${random.hex(32)}`,
		experimentId: EXPERIMENT,
		name: PROMPT,
		startedAt: Math.floor(startedAt),
		// Most answers take some 300 ms, a few much longer.
		durationMs: Math.round(180 + 160 * random.next() + 1400 * random.next() ** 12),
		state: hasFailed ? 'ERROR' : 'OK',
		request: `{"customer": "${customer}"}`,
		response: hasFailed ? null : `{"explanation": "${customer} has not ordered for ${random.integer(20, 90)} days"}`,
	};
	traces.push(trace);
	while ((traces[0]?.startedAt ?? startedAt) < startedAt - KEPT_MS) traces.shift();
}

function addPrompt(world: World): void {
	const tags = new Map([['mlflow.prompt.is_prompt', 'true']]);
	const versions = TEMPLATES.map((text, index): ModelVersion => {
		const createdAt = Math.floor(world.time - sinceStart(world) - (TEMPLATES.length - index) * 26 * HOUR + 7 * MINUTE);
		return {
			version: index + 1,
			createdAt,
			updatedAt: createdAt,
			runId: '',
			source: 'dummy-source',
			tags: new Map([...tags, ['_mlflow_prompt_type', 'text'], ['mlflow.prompt.text', text]]),
			stage: 'None',
		};
	});
	world.mlflow.models.set(PROMPT, {
		name: PROMPT,
		description: '',
		createdAt: versions[0]?.createdAt ?? 0,
		updatedAt: versions.at(-1)?.createdAt ?? 0,
		versions,
		aliases: new Map([['production', versions.length]]),
		tags,
	});
}
