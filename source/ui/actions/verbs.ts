import type { Text } from '../../words/language.ts';

/**
 * The meanings of keys. A verb has one key in every place where it makes sense, and that key has no other meaning; a
 * test checks the action table. The letters are those of k9s, lazygit, htop, less and vim where these agree.
 */

/** Verbs of every place. */
export const generalVerbs = {
	up: ['Move up', '위로 이동'],
	down: ['Move down', '아래로 이동'],
	left: ['Move left', '왼쪽으로 이동'],
	right: ['Move right', '오른쪽으로 이동'],
	'page up': ['Move up one page', '한 페이지 위로 이동'],
	'page down': ['Move down one page', '한 페이지 아래로 이동'],
	first: ['Go to the first row', '첫 행으로 이동'],
	last: ['Go to the last row', '마지막 행으로 이동'],
	open: ['Open or unfold the selection', '선택 항목 열기 또는 펼치기'],
	back: ['Go back', '뒤로 가기'],
	mark: ['Mark', '선택 표시'],
	filter: ['Filter or search', '필터 또는 검색'],
	'next match': ['Go to the next match', '다음 일치 항목으로 이동'],
	'previous match': ['Go to the previous match', '이전 일치 항목으로 이동'],
	'show only': ['Show only matching lines, or one state or kind', '일치하는 줄, 또는 한 상태나 종류만 보기'],
	sort: ['Sort', '정렬'],
	choose: ['Choose the log, DAG or experiment to show', '표시할 로그, DAG, 실험 선택'],
	all: ['Show all', '전체 보기'],
	newest: ['Follow the newest', '최신 항목 실시간 보기'],
	'go to time': ['Go to a date or time', '날짜나 시각으로 이동'],
	copy: ['Copy', '복사'],
	'copy what': ['Choose what to copy', '복사할 내용 선택'],
	'open page': ['Open the web page', '웹 페이지 열기'],
	freeze: ['Freeze the screen', '화면 고정'],
	refresh: ['Refresh', '새로 고침'],
	palette: ['Command palette', '명령 팔레트'],
	help: ['Help', '도움말'],
	'next pane': ['Go to the next pane', '다음 패널로 이동'],
	'previous pane': ['Go to the previous pane', '이전 패널로 이동'],
	pane: ['Go to a pane', '패널로 이동'],
	redraw: ['Redraw the screen', '화면 다시 그리기'],
	suspend: ['Suspend', '백그라운드로 보내기'],
	quit: ['Quit', '종료'],
} as const satisfies Record<string, Text>;

/** Verbs of some panes and lists; in other places their letter has no other meaning. */
export const paneVerbs = {
	logs: ['Show the log', '로그 보기'],
	restart: ['Restart, or run again', '재시작 또는 다시 실행'],
	start: ['Start (up)', '시작 (up)'],
	stop: ['Stop', '중지'],
	pause: ['Pause or unpause', '일시 중지 또는 해제'],
	kill: ['Kill', '강제 종료'],
	'run inside': ['Run in the container', '컨테이너에서 실행'],
	inspect: ['Inspect', '상세 정보'],
	processes: ['Show processes', '프로세스 보기'],
	trigger: ['Trigger', '트리거'],
	clear: ['Clear', '재실행(clear)'],
	'mark as': ['Mark as a state', '상태 지정'],
	'stop run': ['Stop the DAG run', 'DAG 실행 중지'],
	note: ['Edit the note', '메모 편집'],
	source: ['Show the source', '소스 보기'],
	reparse: ['Re-parse', '다시 파싱'],
	instance: ['Choose an instance', '인스턴스 선택'],
	fix: ['Fix', '조치'],
	acknowledge: ['Acknowledge', '확인 처리'],
	stack: ['Manage the stack', '스택 관리'],
	dags: ['DAGs', 'DAG 목록'],
	timeline: ['Timeline', '타임라인'],
	audit: ['Audit log', '감사 로그'],
	'disk usage': ['Disk usage', '디스크 사용량'],
	profile: ['Switch the profile', '프로필 전환'],
	explain: ['Dry run', '명령 미리 보기'],
	mouse: ['Turn the mouse on or off', '마우스 켜기 또는 끄기'],
	theme: ['Choose the theme', '테마 선택'],
	'to the task': ['Go to the task of the log', '로그의 작업으로 이동'],
	'follow run': ['Follow the DAG run from task to task', 'DAG 실행을 작업 순서대로 따라가기'],
	exclude: ['Hide matching lines', '일치하는 줄 숨기기'],
	context: ['Set context lines', '앞뒤 줄 수 설정'],
	level: ['Change the minimum level', '최소 레벨 변경'],
	'next error': ['Go to the next error', '다음 오류로 이동'],
	'previous error': ['Go to the previous error', '이전 오류로 이동'],
	'fold all': ['Fold all', '모두 접기'],
	wrap: ['Wrap lines', '줄바꿈'],
	save: ['Save', '저장'],
	'time format': ['Change the time format', '시각 표시 변경'],
	colours: ['Switch colours', '색 전환'],
	bookmark: ['Bookmark', '북마크'],
	'next bookmark': ['Go to the next bookmark', '다음 북마크로 이동'],
	'run start': ['Go to the start of the DAG run', 'DAG 실행 시작으로 이동'],
	beside: ['Show one more log beside', '나란히 로그 추가'],
	'next log': ['Show the next log', '다음 로그 보기'],
	'previous log': ['Show the previous log', '이전 로그 보기'],
	pager: ['Open in the pager', '페이저로 열기'],
} as const satisfies Record<string, Text>;

export type Verb = keyof typeof generalVerbs | keyof typeof paneVerbs;

export const isVerb = (name: string): name is Verb =>
	Object.hasOwn(generalVerbs, name) || Object.hasOwn(paneVerbs, name);
