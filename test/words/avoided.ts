/**
 * Words of a translation that operators had to read twice, and second words for the same thing, by the words to use
 * instead.
 */
const words: Readonly<Record<string, RegExp>> = {
	fix: /\bmend(s|ed|ing)?\b|\bremed(y|ies)\b/,
	'OK, healthy, failed': /\bill\b|(?<!\bas )\bwell\b(?!-known)/,
	'pause, unpause': /\blet(s|ting)? (it |them )?go on\b/,
	'unreachable, timed out': /\b(is|are|was|were|gone) away\b|\bno road\b|\bsilent\b(?! mode)/,
	'connection from … to …': /\broads?\b/,
	impact: /\bhurts?\b/,
	'clear, start again': /\blet(s|ting)? (it |them )?run again\b/,
	'match, search pattern': /\b(next|previous) place\b|\bis looked for\b|\blooked for is\b/,
	only: /\balone\b/,
	again: /\banew\b/,
	'shows, reports, prints': /\btells\b|\btold\b|\bis said\b/,
	'service, container, image': /(?<!\bone )\bthings?\b/,
	'configuration, theme': /\bknobs?\b|\bthe looks\b/,
	'N lines': /\bso many (lines|at)\b/,
	'at this level or above': /\bgraver\b/,
	'options, request': /\bwishe[sd]?\b/,
	'heartbeat is stale': /\bsign of life\b/,
	'disable, remove': /\btakes? away everything\b/,
};

/** Second Korean words for the same thing, by the words to use instead. */
const koreanWords: Readonly<Record<string, RegExp>> = {
	작업: /태스크/,
	'일시 중지': /일시 ?정지/,
	비밀번호: /암호(?!화)|패스워드/,
	스케줄: /(?<![가-힣])일정/,
	스케줄러: /스케쥴/,
	추정: /추측/,
	추이: /추세/,
	오류: /에러/,
	메트릭: /지표/,
	메시지: /메세지/,
	메모: /(?<![가-힣])노트/,
	명령: /명령어/,
	문제: /경보|알람/,
	복제본: /[레리]플리카/,
	'새로 고침': /새로고침/,
	설정: /구성 파일|환경 ?설정/,
	에셋: /자산/,
	워커: /작업자/,
	'웹 페이지': /웹페이지/,
	재시작: /재기동|재부팅/,
	'헬스 체크': /헬스체크|상태 검사/,
};

/** `away (write: unreachable, timed out)` for each avoided word of a text. */
export function avoidedWords(text: string): string[] {
	return Object.entries({ ...words, ...koreanWords }).flatMap(([instead, pattern]) => {
		const [found] = new RegExp(pattern, 'i').exec(text) ?? [];
		return found === undefined ? [] : [`${found} (write: ${instead})`];
	});
}
