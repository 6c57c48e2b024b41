import type { Clients } from '../../clients/clients.ts';
import type { VersionName } from '../../clients/mlflow/registry.ts';
import { type Facts, isRefusal, type Planned } from '../plan/plan.ts';
import { type RegisteredNow, registeredNow } from './mlflow.ts';
import { planAlias, planNoAlias } from './registry-alias.ts';
import { planStage, type Stage } from './registry-stage.ts';
import { planNoTag, planTag } from './registry-tags.ts';

/** One change of a model version. */
export type VersionEdit =
	| { readonly kind: 'set alias'; readonly alias: string }
	| { readonly kind: 'remove alias'; readonly alias: string }
	| { readonly kind: 'stage'; readonly stage: Stage }
	| { readonly kind: 'set tag'; readonly key: string; readonly value: string }
	| { readonly kind: 'remove tag'; readonly key: string };

/** Plans changes of one version, from what MLflow has at this moment. One plan each: see `together`. */
export async function planVersionEdits(
	clients: Clients,
	facts: Facts,
	name: VersionName,
	edits: readonly VersionEdit[],
	signal: AbortSignal,
): Promise<readonly Planned[]> {
	const now = await registeredNow(clients, name, signal);
	if (isRefusal(now)) return [now];
	return edits.map(edit => planVersionEdit(facts, name, now, edit));
}

export function planVersionEdit(facts: Facts, name: VersionName, now: RegisteredNow, edit: VersionEdit): Planned {
	switch (edit.kind) {
		case 'set alias':
			return planAlias(facts, name, now, edit.alias);
		case 'remove alias':
			return planNoAlias(facts, name, now, edit.alias);
		case 'stage':
			return planStage(facts, name, now.version, edit.stage);
		case 'set tag':
			return planTag(facts, name, now.version, edit.key, edit.value);
		case 'remove tag':
			return planNoTag(facts, name, now.version, edit.key);
	}
}
