import { programOf } from '../model/engine/engine-address.ts';
import { type Failure, type FailureCode, type FailureKind, type SourceName, sourceNames } from '../model/source.ts';
import { duration } from '../presentation/format.ts';
import type { Span } from '../presentation/text.ts';
import { serverState } from '../selectors/servers/server-state.ts';
import { isAbsent, isGuessed, isThroughSsh } from '../selectors/servers/stack.ts';
import { type Text, textIn } from '../words/language.ts';
import type { ViewContext } from './panes/view-context.ts';

/** Why a server has failed, short enough for the header. */
const failureWords: Readonly<Record<FailureKind, Text>> = {
	unreachable: ['unreachable', '연결할 수 없음'],
	lost: ['disconnected', '연결 끊김'],
	timeout: ['timed out', '시간 초과'],
	permission: ['no permission', '권한 없음'],
	unauthorised: ['unauthorised', '인증 실패'],
	busy: ['busy', '요청 과다'],
	'not-found': ['not found', '없음'],
	conflict: ['conflict', '충돌'],
	refused: ['refused', '거부됨'],
	protocol: ['unexpected answer', '예상 밖의 응답'],
	server: ['server error', '서버 오류'],
	unconfigured: ['no address', '주소 없음'],
};

/** The exact problem, where it needs another word than its kind. */
const codeWords: Partial<Readonly<Record<FailureCode, Text>>> = {
	'too-many-logins': ['too many logins', '로그인 과다'],
};

const wordsOf = ({ kind, code }: Failure): Text => (code && codeWords[code]) ?? failureWords[kind];

type Input = Pick<ViewContext, 'state' | 'now' | 'glyphs' | 'language' | 'say'>;

/**
 * The state of each server: with its version or with its name only. Of a failed one: why and since when (`names`), only
 * why (`reasons`), or only that it failed (`symbols`).
 */
export type SourceForm = 'versions' | 'names' | 'reasons' | 'symbols';

const end: Span = { text: '  ' };

/**
 * The servers that are reached through ssh come last, after the state of the connection.
 * @param isAll false: only those that are not live
 */
export function sourceSpans(input: Input, form: SourceForm, { isAll }: { readonly isAll: boolean }): Span[] {
	const { state } = input;
	const through = sourceNames.filter(source => isThroughSsh(state, source));
	const known = sourceNames.filter(source => source !== 'docker' || state.hasEngine);
	const direct = known.filter(source => !through.includes(source));
	const shown = (sources: readonly SourceName[]) =>
		sources.filter(source => isAll || isGuessed(state, source) || !isFine(input, source));
	return [
		...shown(direct).flatMap(source => spansOf(input, source, form)),
		...sshSpans(input, form, isAll),
		...shown(through).flatMap(source => spansOf(input, source, form)),
	];
}

function isFine({ state }: Input, source: SourceName): boolean {
	return serverState(state, source).status === 'live' || isAbsent(state, source);
}

/** `ssh:`, or that the connection is lost and since when. */
function sshSpans({ state: { ssh }, now, glyphs, language, say }: Input, form: SourceForm, isAll: boolean): Span[] {
	if (ssh?.status === 'lost') {
		const words = [
			`ssh ${glyphs.state.failed}`,
			...(form === 'symbols' ? [] : [say(failureWords.lost)]),
			...(form === 'symbols' || form === 'reasons' ? [] : [duration(now - ssh.since, language)]),
		];
		return [{ text: words.join(' '), tone: 'bad', bold: true }, end];
	}
	if (ssh === null || !isAll) return [];
	return [{ text: ssh.status === 'connecting' ? `ssh ${glyphs.ellipsis} ` : 'ssh: ', tone: 'muted' }];
}

function spansOf({ state, now, glyphs, language, say }: Input, source: SourceName, form: SourceForm): Span[] {
	const { status, since, failure } = serverState(state, source);
	const { program, number } = programOf(source, state.sources[source]?.version);
	const shown = form === 'versions' && number ? ` ${shortVersion(glyphs.fold(number))}` : '';
	const name: Span = { text: `${program}${shown} ` };
	if (isAbsent(state, source)) return [name, { text: say(['none', '없음']), tone: 'muted' }, end];
	if (isGuessed(state, source))
		return [name, { text: `${glyphs.state.unknown} ${say(['guessed', '추정'])}`, tone: 'warning', bold: true }, end];
	if (status === 'live') return [name, { text: glyphs.state.success, tone: 'good' }, end];
	if (status === 'waiting') return [name, { text: glyphs.ellipsis, tone: 'muted' }, end];
	// The reason stands before it.
	const isLostWithSsh = state.ssh?.status === 'lost' && isThroughSsh(state, source);
	const words = [
		glyphs.state.failed,
		...(failure === null || form === 'symbols' || isLostWithSsh ? [] : [textIn(wordsOf(failure), language)]),
		...(form === 'symbols' || form === 'reasons' || isLostWithSsh ? [] : [duration(now - since, language)]),
	];
	return [name, { text: words.join(' '), tone: 'bad', bold: true }, end];
}

/** `20.10.24+dfsg1` → `20.10.24` */
function shortVersion(version: string): string {
	return version.split(/[+~]/)[0] ?? version;
}
