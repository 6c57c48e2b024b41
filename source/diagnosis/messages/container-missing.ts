/** Texts of `rules/container-missing.ts`. Each English, then Korean. */
export const containerMissingMessages = {
	'fix.up all': ['Start the whole stack from the Compose file', 'Compose 파일에 정의된 대로 스택 전체를 시작하세요'],
	'missing.title': ['{service} has no container', '{service}의 컨테이너가 없습니다'],
	'missing.cause': ['The container was removed or never created', '컨테이너가 삭제되었거나 생성된 적이 없습니다'],
	'missing.reason': [
		'The Compose file defines {service}, but Docker has no container for it',
		'Compose 파일에는 {service} 서비스가 있지만 Docker에는 해당 컨테이너가 없습니다',
	],
	'missing.evidence': ['Services with a container: {others}', '컨테이너가 있는 서비스: {others}'],
	'stack missing.title': [
		'The stack is not running: it has no containers',
		'스택이 실행 중이 아닙니다. 컨테이너가 하나도 없습니다',
	],
	'stack missing.cause': [
		'It was removed (docker compose down), or never started on this Docker Engine',
		'스택이 제거되었거나(docker compose down) 이 Docker 엔진에서 시작된 적이 없습니다',
	],
	'stack missing.reason': [
		'Docker responds but has no containers of an Airflow stack',
		'Docker는 응답하지만 Airflow 스택의 컨테이너가 없습니다',
	],
	'project absent.title': [
		'Project {project} has no containers on this Docker Engine',
		'이 Docker 엔진에 프로젝트 {project}의 컨테이너가 없습니다',
	],
	'project absent.cause': [
		'The project name is probably misspelled, or the stack was removed',
		'프로젝트 이름을 잘못 입력했거나 스택이 제거된 것으로 보입니다',
	],
	'project absent.reason': ['Projects on this Docker Engine: {found}', '이 Docker 엔진의 프로젝트: {found}'],
	'project absent.pass': ['Pass --project {name}', '--project {name} 옵션을 사용하세요'],
	'project absent.check': ['Check the name passed to --project', '--project에 지정한 이름을 확인하세요'],
	'stack stopped.title': ['The stack is stopped', '스택 전체가 중지되었습니다'],
	'stack stopped.evidence': [
		'{count} containers exited together, the last at {at:time}',
		'컨테이너 {count}개가 함께 종료되었습니다(마지막 종료 {at:time})',
	],
	'stack stopped.cause': [
		'The whole stack was stopped (docker compose stop)',
		'누군가 스택 전체를 중지했습니다(docker compose stop)',
	],
	'stack stopped.reason': [
		'All containers exited within minutes of each other, and none was started again',
		'모든 컨테이너가 비슷한 시각에 종료되었고 다시 시작된 것이 없습니다',
	],
} as const;
