/** Texts of `rules/drift.ts`. Each English, then Korean. */
export const driftMessages = {
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
} as const;
