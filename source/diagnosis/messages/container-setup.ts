/** Findings about how containers are set up. Each English, then Korean. */
export const containerSetupMessages = {
	'drift.title': [
		'{service} {count|differs|differ} from {count|its|their} Compose file',
		'Compose 파일 내용과 다른 서비스: {service}',
	],
	'drift.config.cause': [
		'The Compose file or its .env changed after the container was created',
		'컨테이너를 만든 뒤 Compose 파일(또는 .env)이 변경되었습니다',
	],
	'drift.config.reason': [
		'The configuration hash on the container differs from the one that Compose computes now',
		'Compose가 계산한 서비스 해시가 컨테이너에 기록된 값과 다릅니다',
	],
	'drift.image.cause': [
		'{image} now refers to another image than the running one',
		'{image} 이름이 가리키는 이미지가 실행 중인 이미지와 다릅니다',
	],
	'drift.image.reason': [
		'The image was pulled or built again. Running: {running}, current: {now}',
		'그 사이 이미지를 새로 받았거나 빌드했습니다. 실행 중: {running}, 현재: {now}',
	],
	'drift.impact': [
		'The changes are not applied yet. The next up applies them, possibly at a bad time',
		'변경 사항이 아직 적용되지 않았습니다. 다음 up 때 적용되므로 원하지 않는 시점에 재생성될 수 있습니다',
	],

	'log driver.title': ['The log of {service} cannot be read', '{service}의 로그를 읽을 수 없습니다'],
	'log driver.cause': [
		'Log driver {driver} keeps no log that Docker can read back',
		'로그 드라이버 {driver}은(는) Docker가 다시 읽을 수 있는 로그를 남기지 않습니다',
	],
	'log driver.reason': [
		'Docker reports this when asked for the log',
		'로그를 요청하면 Docker가 읽을 수 없다고 응답합니다',
	],
	'log driver.impact': [
		'If the service fails, laketop cannot show why',
		'장애가 발생해도 laketop에서 원인을 확인할 수 없습니다',
	],
	'log driver.fix': [
		'Set the log driver of {service} to json-file or local in the Compose file',
		'Compose 파일에서 {service}의 로그 드라이버를 json-file이나 local로 변경하세요',
	],

	'network.title': [
		'{service} is disconnected from the stack network',
		'{service}이(가) 스택의 네트워크에서 분리되었습니다',
	],
	'network.cause': ['It is no longer connected to {network}', '더 이상 {network} 네트워크에 연결되어 있지 않습니다'],
	'network.reason': [
		'All other services are connected to {network}; {service} is connected to {own}',
		'스택의 다른 서비스는 모두 {network}에 연결되어 있지만 {service}의 네트워크는 {own}입니다',
	],
	'network.fix': ['Connect {service} to {network} again', '{service}을(를) {network}에 다시 연결하세요'],
} as const;
