import type { ModelVersion } from '../../model/mlflow/experiment.ts';
import { planVersionEdits, type VersionEdit } from '../../operations/models/registry.ts';
import { aliasProblem } from '../../operations/models/registry-alias.ts';
import { stages } from '../../operations/models/registry-stage.ts';
import { tagProblem } from '../../operations/models/registry-tags.ts';
import { together } from '../../operations/plan/together.ts';
import { moment } from '../../presentation/format.ts';
import { type Message, phrase, render } from '../../words/message.ts';
import type { Choice, Effect } from '../conversation.ts';
import { versionRowId } from '../lists/model-versions/model-version-rows.ts';
import type { StepContext } from './action.ts';
import { factsOf } from './run-targets.ts';
import { cannot, later, planned } from './step.ts';
import { targetVersion } from './targets.ts';

/** Asks what to change about the selected version, or first which version is meant, and plans it. */
export function editVersion(context: StepContext): Effect {
	const { state, say, now } = context;
	const versions = state.modelVersions ?? [];
	const target = targetVersion(context);
	if (target) return editMenu(context, target);
	if (versions.length === 0) return cannot(say(['No registered models yet', '아직 등록된 모델이 없습니다']));
	return {
		kind: 'choose',
		question: {
			title: say(['Edit a model version', '모델 버전 편집']),
			filters: true,
			choices: versions.map(version => ({
				id: versionRowId(version),
				label: `${version.name} ${version.version}`,
				hint: [...version.aliases.map(alias => `@${alias}`), moment(version.createdAt, now)].join(' '),
			})),
			next: id => {
				const chosen = versions.find(version => versionRowId(version) === id);
				return chosen ? editMenu(context, chosen) : { kind: 'nothing' };
			},
		},
	};
}

function editMenu(context: StepContext, version: ModelVersion): Effect {
	const { say } = context;
	const values = { model: version.name, version: version.version };
	const none = say(['none', '없음']);
	const choices: Choice[] = [
		{
			id: 'alias',
			key: 'a',
			label: say(['set an alias', '별칭 설정']),
			hint: version.aliases.map(alias => `@${alias}`).join(' '),
		},
		{
			id: 'no-alias',
			key: 'r',
			label: say(['remove an alias', '별칭 삭제']),
			hint: '',
			...(version.aliases.length === 0 ? { refused: none } : {}),
		},
		{ id: 'stage', key: 's', label: say(['move to a stage', '스테이지 이동']), hint: version.stage },
		{ id: 'tag', key: 't', label: say(['set a tag', '태그 설정']), hint: '' },
		{
			id: 'no-tag',
			key: 'x',
			label: say(['remove a tag', '태그 삭제']),
			hint: '',
			...((version.tags ?? []).length === 0 ? { refused: none } : {}),
		},
	];
	return {
		kind: 'choose',
		question: {
			title: say(['Edit {model} version {version}', '{model} 버전 {version} 편집'], values),
			filters: false,
			choices,
			next: id => nextQuestion(context, version, id),
		},
	};
}

function nextQuestion(context: StepContext, version: ModelVersion, id: string): Effect {
	const { say } = context;
	const plan = (edit: VersionEdit): Effect => later(planOf(context, version, edit));
	switch (id) {
		case 'alias':
			return aliasInput(context, version);
		case 'no-alias':
			return oneOf(
				say(['Remove which alias?', '어떤 별칭을 삭제하시겠습니까?']),
				version.aliases.map(alias => ({ id: alias, label: alias, hint: '' })),
				alias => plan({ kind: 'remove alias', alias }),
			);
		case 'stage':
			return oneOf(
				say(['Move to which stage?', '어떤 스테이지로 이동하시겠습니까?']),
				stages.filter(stage => stage !== version.stage).map(stage => ({ id: stage, label: stage, hint: '' })),
				chosen => {
					const stage = stages.find(one => one === chosen);
					return stage ? plan({ kind: 'stage', stage }) : { kind: 'nothing' };
				},
			);
		case 'tag':
			return tagInput(context, version);
		default:
			return oneOf(
				say(['Remove which tag?', '어떤 태그를 삭제하시겠습니까?']),
				(version.tags ?? []).map(({ key, value }) => ({ id: key, label: key, hint: value })),
				key => plan({ kind: 'remove tag', key }),
			);
	}
}

function oneOf(title: string, choices: readonly Choice[], next: (id: string) => Effect): Effect {
	return { kind: 'choose', question: { title, filters: true, choices, next } };
}

function aliasInput(context: StepContext, version: ModelVersion): Effect {
	const { state, say, language } = context;
	const values = { model: version.name, version: version.version };
	const others = (state.modelVersions ?? [])
		.filter(({ name }) => name === version.name)
		.flatMap(one => one.aliases.map(alias => `@${alias} ${one.version}`));
	return {
		kind: 'input',
		question: {
			title: say(['Alias for {model} version {version}', '{model} 버전 {version}의 별칭'], values),
			hint:
				others.length === 0
					? say(['An alias is at one version at a time.', '별칭은 한 번에 한 버전에만 있습니다.'])
					: say(['Aliases and their versions now: {others}', '현재 별칭과 버전: {others}'], {
							others: others.join(', '),
						}),
			initial: version.aliases.includes('champion') ? '' : 'champion',
			isReplaced: true,
			problem: text => rendered(aliasProblem(text.trim()), language),
			next: text => later(planOf(context, version, { kind: 'set alias', alias: text.trim() })),
		},
	};
}

function tagInput(context: StepContext, version: ModelVersion): Effect {
	const { say, language } = context;
	const parts = (text: string) => {
		const at = text.indexOf('=');
		return at > 0 ? { key: text.slice(0, at).trim(), value: text.slice(at + 1).trim() } : null;
	};
	const unclear = say(['Write the tag as KEY=VALUE', '태그를 KEY=VALUE로 입력하세요']);
	return {
		kind: 'input',
		question: {
			title: say(['Tag of {model} version {version}', '{model} 버전 {version}의 태그'], {
				model: version.name,
				version: version.version,
			}),
			hint: say(['KEY=VALUE, for example validated=yes', 'KEY=VALUE(예: validated=yes)']),
			initial: '',
			problem: text => {
				const tag = parts(text);
				return tag === null ? unclear : rendered(tagProblem(tag.key, tag.value), language);
			},
			next: text => {
				const tag = parts(text);
				return tag === null ? cannot(unclear) : later(planOf(context, version, { kind: 'set tag', ...tag }));
			},
		},
	};
}

const rendered = (problem: Message | null, language: StepContext['language']): string | null =>
	problem === null ? null : render(problem, language);

/** Asks MLflow for the version first: the question names what is there now. */
async function planOf(context: StepContext, { name, version }: ModelVersion, edit: VersionEdit): Promise<Effect> {
	const { clients, signal } = context;
	const plans = await planVersionEdits(clients, factsOf(context), { model: name, version }, [edit], signal);
	return planned(
		together(phrase(['edit {name} version {version}', '{name} 버전 {version} 편집'], { name, version }), plans),
	);
}
