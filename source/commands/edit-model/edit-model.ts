import type { Monitor } from '../../app/monitor.ts';
import { type Given, requires, seeHelp, UsageError } from '../../command-line/arguments/given.ts';
import { change } from '../../command-line/change/change.ts';
import type { CommandContext } from '../../command-line/context/context.ts';
import { demandFound, demandLive, nothingSuch } from '../../command-line/exit/failures.ts';
import { ClientError } from '../../model/failures/failure.ts';
import { mlflowOf } from '../../operations/models/mlflow.ts';
import { planVersionEdits, type VersionEdit } from '../../operations/models/registry.ts';
import { stages } from '../../operations/models/registry-stage.ts';
import type { Planned } from '../../operations/plan/plan.ts';
import { together } from '../../operations/plan/together.ts';
import { resolveModel } from '../../selectors/names/mlflow.ts';
import { phrase } from '../../words/message.ts';

/** `laketop edit-model` */
export function run(context: CommandContext): Promise<number> {
	const { given, io, signal } = context;
	const [model = '', word = ''] = given.words;
	const edits = editsOf(given);
	if (!/^(\d+|@.+)$/.test(word)) {
		throw new UsageError(
			phrase(['invalid version "{word}" (examples: 9, @champion)', '올바르지 않은 버전 "{word}"(예: 9, @champion)'], {
				word,
			}),
			seeHelp('edit-model'),
		);
	}
	return change(context, {
		watch: ['containers', 'models'],
		requires: ['models'],
		plan: async (monitor): Promise<Planned> => {
			const state = monitor.store.current();
			demandLive(state, 'models');
			const version = await versionCalled(monitor, model, word, signal);
			const facts = { state, now: io.clock.now() };
			const plans = await planVersionEdits(monitor.clients, facts, { model, version }, edits, signal);
			return together(
				phrase(['edit {model} version {version}', '{model} 버전 {version} 편집'], { model, version }),
				plans,
			);
		},
	});
}

/** Throws UsageError if nothing is to be changed. */
function editsOf(given: Given): VersionEdit[] {
	const stage = stages.find(one => one === given.text('stage'));
	const edits: VersionEdit[] = [
		...given.list('alias').map(alias => ({ kind: 'set alias' as const, alias })),
		...given.list('remove-alias').map(alias => ({ kind: 'remove alias' as const, alias })),
		...(stage === undefined ? [] : [{ kind: 'stage' as const, stage }]),
		...given.list('tag').map(tagSet),
		...given.list('remove-tag').map(key => ({ kind: 'remove tag' as const, key })),
	];
	if (edits.length > 0) return edits;
	throw new UsageError(
		requires('edit-model', '--alias | --remove-alias | --stage | --tag | --remove-tag'),
		seeHelp('edit-model'),
	);
}

function tagSet(text: string): VersionEdit {
	const at = text.indexOf('=');
	if (at > 0) return { kind: 'set tag', key: text.slice(0, at), value: text.slice(at + 1) };
	throw new UsageError(
		phrase(['invalid tag "{text}" (example: validated=yes)', '올바르지 않은 태그 "{text}"(예: validated=yes)'], {
			text,
		}),
		seeHelp('edit-model'),
	);
}

/** The number of the version that has the alias. Versions that are older than those known have aliases too. */
async function versionCalled({ clients, store }: Monitor, model: string, word: string, signal: AbortSignal) {
	let aliases: ReadonlyMap<string, string>;
	try {
		aliases = await mlflowOf(clients).registry.aliases(model, signal);
	} catch (error) {
		// Suggests another name.
		const versions = store.current().modelVersions ?? [];
		if (error instanceof ClientError && error.failure.kind === 'not-found') demandFound(resolveModel(model, versions));
		throw error;
	}
	if (!word.startsWith('@')) return word;
	const version = aliases.get(word.slice(1));
	if (version !== undefined) return version;
	throw nothingSuch(
		phrase(['{model} has no alias {alias}', '{model}에 별칭 {alias}이(가) 없습니다'], { model, alias: word.slice(1) }),
		phrase(['Run laketop models to list versions and aliases', 'laketop models로 버전과 별칭을 확인하세요']),
	);
}
