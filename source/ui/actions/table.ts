import type { KeyBinding } from '../../config/schema.ts';
import { themeChoices } from '../../model/settings/looks.ts';
import type { Effect } from '../conversation.ts';
import { good } from '../hint.ts';
import { panes } from '../panes/panes.ts';
import type { Place } from '../place.ts';
import { places } from '../places.ts';
import type { Action, StepContext } from './action.ts';
import { holdersOf, spotOf } from './bindings.ts';
import { withKeymap } from './keymap.ts';
import { explainActions, palette } from './palette.ts';
import { cannot, changed } from './step.ts';
import { airflow3Actions } from './table/airflow3.ts';
import { runActions } from './table/change-runs.ts';
import { serviceChanges } from './table/change-services.ts';
import { lookActions } from './table/look.ts';
import { moveActions } from './table/move.ts';
import { readLogActions } from './table/read-log.ts';
import { rowActions } from './table/rows.ts';
import { runViewActions } from './table/run-views.ts';
import { stackActions } from './table/stack.ts';

const programActions: readonly Action[] = [
	{
		id: 'palette',
		kind: 'look',
		verb: 'palette',
		keys: [':', 'ctrl-k'],
		label: ['command', '명령'],
		help: ['Find any action, service, DAG or experiment by a few letters', '동작, 서비스, DAG, 실험을 몇 글자로 찾기'],
		group: 'program',
		inKeyBar: true,
		begin: palette,
	},
	{
		id: 'explain',
		kind: 'look',
		verb: 'explain',
		keys: ['!'],
		label: ['dry run', '미리 보기'],
		help: [
			'Show the docker, airflow or curl command that does the same as an action, without running it',
			'동작과 같은 docker, airflow, curl 명령을 실행하지 않고 보기',
		],
		group: 'program',
		begin: explainActions,
	},
	{
		id: 'refresh',
		kind: 'look',
		verb: 'refresh',
		keys: ['R', 'ctrl-r'],
		label: ['refresh', '새로 고침'],
		help: ['Refresh the data of all servers now', '모든 서버의 데이터를 지금 새로 고침'],
		group: 'program',
		begin: () => ({ kind: 'refresh' }),
	},
	{
		id: 'help',
		kind: 'look',
		verb: 'help',
		keys: ['?'],
		label: ['help', '도움말'],
		help: ['Show all keys', '모든 단축키 보기'],
		group: 'program',
		inKeyBar: true,
		begin: () => ({ kind: 'help' }),
	},
	{
		id: 'profile',
		kind: 'look',
		verb: 'profile',
		keys: ['P'],
		label: ['profile', '프로필'],
		help: [
			'Switch to another stack: a profile of the config file, or another Compose project of this engine',
			'다른 스택으로 전환: 설정 파일의 프로필 또는 이 엔진의 다른 Compose 프로젝트',
		],
		group: 'program',
		begin: chooseStack,
	},
	{
		id: 'theme',
		kind: 'look',
		verb: 'theme',
		keys: [],
		label: ['theme', '테마'],
		help: [
			'Choose the colour theme for this session: auto, dark, light, colour-blind, mono',
			'이번 실행에 쓸 색 테마 선택: auto, dark, light, colour-blind, mono',
		],
		group: 'program',
		begin: chooseTheme,
	},
	{
		id: 'mouse',
		kind: 'view',
		verb: 'mouse',
		keys: [],
		label: ['mouse', '마우스'],
		help: [
			'Turn the mouse on or off: click selects, double click opens, the wheel scrolls',
			'마우스 사용 전환: 클릭 선택, 두 번 클릭 열기, 휠 스크롤',
		],
		group: 'program',
		apply: ({ view, say }) => ({
			...view,
			mouse: !view.mouse,
			hint: good(view.mouse ? say(['Mouse off', '마우스 사용 안 함']) : say(['Mouse on', '마우스 사용'])),
		}),
	},
	{
		id: 'redraw',
		kind: 'look',
		asksTerminal: 'repaint',
		verb: 'redraw',
		keys: ['ctrl-l'],
		label: ['redraw', '다시 그리기'],
		help: [
			'Redraw the screen, for example after another program wrote on it',
			'다른 프로그램이 출력한 뒤 등에 화면 다시 그리기',
		],
		group: 'program',
		begin: () => ({ kind: 'repaint' }),
	},
	{
		id: 'suspend',
		kind: 'look',
		asksTerminal: 'suspend',
		verb: 'suspend',
		keys: ['ctrl-z'],
		label: ['suspend', '백그라운드'],
		help: ['Suspend laketop (fg resumes it)', 'laketop을 백그라운드로 보내기 (fg로 복귀)'],
		group: 'program',
		begin: () => ({ kind: 'suspend' }),
	},
	{
		id: 'quit',
		kind: 'look',
		verb: 'quit',
		keys: ['q', 'ctrl-c'],
		label: ['quit', '종료'],
		help: ['Quit laketop', 'laketop 종료'],
		group: 'program',
		inKeyBar: true,
		begin: () => ({ kind: 'quit' }),
	},
];

function chooseTheme({ view, say }: StepContext): Effect {
	const configured = say(['configured', '설정된 테마']);
	return {
		kind: 'choose',
		question: {
			title: say(['Colour theme', '색 테마']),
			filters: false,
			selected: view.theme ?? 'configured',
			choices: [
				{ id: 'configured', key: '0', label: configured, hint: '' },
				...themeChoices.map((name, index) => ({ id: name, key: String(index + 1), label: name, hint: '' })),
			],
			next: id => changed(now => ({ ...now, theme: themeChoices.find(name => name === id) ?? null })),
		},
	};
}

function chooseStack({ state, profiles, profile, isDemo, say }: StepContext): Effect {
	if (isDemo) return cannot(say(['The demo has only one stack', '데모에는 스택이 하나뿐입니다']));
	const { otherProjects = [] } = state.stack ?? {};
	if (profiles.length === 0 && otherProjects.length === 0)
		return cannot(
			say([
				'No other stack: the config file has no profiles, and no other project on this engine runs Airflow or MLflow',
				'다른 스택이 없습니다: 설정 파일에 프로필이 없고, 이 엔진에 Airflow나 MLflow를 실행하는 다른 프로젝트가 없습니다',
			]),
		);
	const here = profile ?? '';
	const profileChoices = profiles.length === 0 ? [] : [...profiles, ''];
	return {
		kind: 'choose',
		question: {
			title: say(['Switch to stack', '전환할 스택']),
			filters: true,
			selected: profiles.length === 0 ? `project ${otherProjects[0]}` : `profile ${here}`,
			choices: [
				...profileChoices.map(name => ({
					id: `profile ${name}`,
					label: name === '' ? say(['no profile', '프로필 없음']) : name,
					hint:
						name === here
							? say(['current', '현재'])
							: name === ''
								? say(['settings outside the profiles', '프로필 밖의 설정'])
								: '',
				})),
				...otherProjects.map(name => ({
					id: `project ${name}`,
					label: name,
					hint: say(['Compose project on this engine', '이 엔진의 Compose 프로젝트']),
				})),
			],
			next: id => {
				const [kind = '', name = ''] = id.split(/ (.*)/s);
				if (kind === 'project') return { kind: 'project', project: name };
				return name === here ? { kind: 'nothing' } : { kind: 'profile', profile: name };
			},
		},
	};
}

/**
 * All actions in one table: key handling, key bar, help screen, palette, completions and docs are made from it. A new
 * key is one entry: in the folder of its pane or list, or in `table/` if several places share it.
 */
export const actions: readonly Action[] = [
	...runActions,
	...serviceChanges,
	...stackActions,
	...readLogActions,
	...places.flatMap(place => place.actions),
	...rowActions,
	...lookActions,
	...runViewActions,
	...airflow3Actions,
	...moveActions,
	...programActions,
];

/** What some actions need, and a configuration may deny them. */
export type Offered = { readonly readOnly?: boolean; readonly hasEngine?: boolean };

/** The available actions with the user's key bindings. Throws ConfigError. */
export function actionsFor(
	{ readOnly = false, hasEngine = true }: Offered,
	keymap: readonly KeyBinding[] = [],
): readonly Action[] {
	const bound = withKeymap(actions, keymap);
	return bound.filter(action => !(readOnly && action.kind === 'change') && (hasEngine || !needsEngine(action)));
}

const enginePanes: ReadonlySet<Place> = new Set(panes.filter(pane => pane.needsEngine).map(({ id }) => id));

function needsEngine({ needsEngine: itself, places: at }: Action): boolean {
	return itself ?? at?.every(place => enginePanes.has(place)) ?? false;
}

/** undefined: the key is not bound there. */
export function actionForKey(
	all: readonly Action[],
	key: string,
	view: Parameters<typeof spotOf>[0],
): Action | undefined {
	return holdersOf(all, key, spotOf(view))[0];
}
