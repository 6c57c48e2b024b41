import type { Text } from '../../words/language.ts';

/** The kind of a value: how it is checked, and what completion offers. */
export type ValueKind =
	| 'text'
	| 'file'
	/** A whole number. */
	| 'count'
	/** A whole number, or `all`. */
	| 'lines'
	/** `90`, `90s`, `5m`, `1h30m`: seconds without a unit. */
	| 'duration'
	/** An RFC 3339 time, or how long ago (`5m`). */
	| 'moment'
	/** A JavaScript regular expression. */
	| 'pattern'
	| 'choice'
	| 'address'
	| 'dag'
	| 'run'
	| 'task'
	| 'service'
	| 'project'
	| 'profile'
	| 'finding'
	| 'experiment'
	| 'model'
	| 'mlflow-run'
	/** A metric that the newest MLflow runs have logged. */
	| 'metric'
	/** Of the registered model that is typed already. */
	| 'model-version'
	| 'model-alias'
	| 'model-tag'
	/** A key that the typed task has pushed. */
	| 'xcom'
	| 'asset'
	/** An asset that exactly one DAG produces. */
	| 'produced-asset'
	/** A DAG, its run, or a task with an unanswered question. */
	| 'asking-dag'
	| 'asking-run'
	| 'asking-task'
	/** An option of a question, or the name of one of its params with `=`. */
	| 'option'
	| 'answer-param'
	| 'command';

export type Option = {
	/** Without the dashes: `docker-host`. A name has the same meaning in all commands. */
	readonly name: string;
	/** One letter. */
	readonly short?: string;
	/** Absent for a switch. */
	readonly value?: {
		/** In the help: `ID`. */
		readonly name: string;
		readonly kind: ValueKind;
		/** For kind `choice`. */
		readonly choices?: readonly string[];
		/** For kind `count`, where not every number is valid: the least and the most, both included. */
		readonly range?: readonly [least: number, most: number];
		/** The value is optional, and defaults to this. */
		readonly otherwise?: string;
	};
	/** May be given several times. */
	readonly many?: true;
	readonly required?: true;
	/** `--no-NAME` is valid too. */
	readonly negatable?: true;
	readonly help: Text;
};

export type Argument = {
	readonly name: string;
	readonly kind: ValueKind;
	readonly choices?: readonly string[];
	readonly required?: true;
	/** Takes all remaining words: the last argument only. */
	readonly many?: true;
	/** Takes all remaining words unchanged, options included: the last argument only. */
	readonly verbatim?: true;
	readonly help: Text;
};

export const commandGroups = ['look', 'pipeline', 'stack', 'laketop'] as const;
export type CommandGroup = (typeof commandGroups)[number];

export const groupTitles: Readonly<Record<CommandGroup, Text>> = {
	look: ['View the stack', '스택 조회'],
	pipeline: ['Manage DAGs, DAG runs and models', 'DAG, DAG 실행, 모델 관리'],
	stack: ['Manage containers and the stack', '컨테이너와 스택 관리'],
	laketop: ['Manage laketop', 'laketop 관리'],
};

export type Command = {
	readonly name: string;
	readonly group: CommandGroup;
	/** One line, no full stop. */
	readonly summary: Text;
	/** Paragraphs. */
	readonly details?: readonly Text[];
	readonly arguments?: readonly Argument[];
	readonly options?: readonly Option[];
	/** Changes the stack: asks for confirmation, and is refused in read-only mode. */
	readonly changes?: true;
	/** Called by scripts; the help does not list it. */
	readonly hidden?: true;
	/** Needs neither configuration nor servers. */
	readonly offline?: true;
	/** Name of the document that `--json` prints (docs/json/NAME.schema.json). */
	readonly json?: string;
	readonly examples: readonly { readonly line: string; readonly does: Text }[];
	/** Meanings of exit codes beyond the general ones. */
	readonly exits?: readonly Text[];
};

/** Exit codes of all commands. */
export const exitCodes = {
	/** Healthy, succeeded, done. */
	ok: 0,
	/** Degraded or failed. */
	failed: 1,
	/** Wrong usage or configuration, or a name that does not exist. */
	usage: 2,
	unreachable: 3,
	/** Refused, or not authorised. */
	refused: 4,
	interrupted: 130,
} as const;

export const exitCodeWords: readonly (readonly [code: string, meaning: Text])[] = [
	['0', ['Healthy, succeeded or done', '정상, 성공 또는 완료']],
	['1', ['Degraded or failed', '이상 있음 또는 실패']],
	[
		'2',
		[
			'Invalid usage or configuration, or no such DAG, DAG run, task or service',
			'잘못된 사용법이나 설정, 또는 없는 DAG, DAG 실행, 작업, 서비스',
		],
	],
	[
		'3',
		[
			'A server is unreachable, timed out, failed (HTTP 5xx) or sent an unreadable answer',
			'서버에 연결할 수 없음, 시간 초과, 서버 오류(HTTP 5xx) 또는 읽을 수 없는 응답',
		],
	],
	[
		'4',
		[
			'Refused by the server, not authorised, read-only mode, or not confirmed',
			'서버가 거부함, 권한 없음, 읽기 전용 모드 또는 질문에서 취소함',
		],
	],
	[
		'130',
		[
			'Interrupted (Ctrl-C); 143 after SIGTERM, 129 after SIGHUP',
			'중단됨(Ctrl-C), SIGTERM 후에는 143, SIGHUP 후에는 129',
		],
	],
];
