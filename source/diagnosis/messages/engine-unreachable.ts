/** Texts of `rules/engine-unreachable.ts`. Each English, then Korean. */
export const engineUnreachableMessages = {
	'engine.title': ['The Docker Engine is unreachable', 'Docker 엔진에 연결할 수 없습니다'],
	'engine.down.cause': ['It is not running, or its address is wrong', '실행 중이 아니거나 지정된 주소에 없습니다'],
	'engine.permission.cause': [
		'This user has no permission to use the Docker socket',
		'현재 사용자에게 Docker 소켓을 사용할 권한이 없습니다',
	],
	'engine.other.cause': ['{message}', '{message}'],
	'engine.reason': ['{message}', '{message}'],
	'engine.impact': [
		'Containers cannot be shown or changed. Whether they are running is unknown',
		'컨테이너를 조회하거나 변경할 수 없습니다. 실행 여부도 알 수 없습니다',
	],
	'engine.start': ['Start the Docker Engine', 'Docker 엔진을 시작하세요'],
	'engine.check': [
		'Check the Docker Engine address {address} (set by {origin})',
		'Docker 엔진 주소 {address}을(를) 확인하세요({origin}에서 지정됨)',
	],
	'engine.podman': [
		"Start Podman's API, which laketop uses like Docker's",
		'laketop이 Docker API처럼 사용하는 Podman API를 시작하세요',
	],
	'engine.podman root': [
		'Run laketop as root, or use rootless Podman: only root may use the socket of rootful Podman',
		'laketop을 root로 실행하거나 rootless Podman을 사용하세요. rootful Podman의 소켓은 root만 사용할 수 있습니다',
	],
	'engine.join': [
		'Add your user to the group that owns the socket, then log in again',
		'소켓을 소유한 그룹에 사용자를 추가한 뒤 다시 로그인하세요',
	],
} as const;
