/** Texts of `rules/disk-full.ts`. Each English, then Korean. */
export const diskFullMessages = {
	'impact.data': [
		'Data that is being written may be lost when the disk is full',
		'디스크가 가득 차면 기록 중인 데이터가 손실될 수 있습니다',
	],
	'fix.disk use': ['See what uses the disk space', '무엇이 공간을 차지하는지 확인하세요'],
	'disk.title': ['The disk of {path} is nearly full', '{path}이(가) 있는 디스크가 거의 가득 찼습니다'],
	'disk.full.title': ['The disk of {path} is full', '{path}이(가) 있는 디스크가 가득 찼습니다'],
	'disk.evidence': [
		'{free:bytes} of {total:bytes} free ({share:percent})',
		'{total:bytes} 중 {free:bytes} 남음({share:percent})',
	],
	'disk.cause': [
		'Logs, images and volumes use nearly all of its space',
		'로그, 이미지, 볼륨 등이 공간을 거의 모두 차지하고 있습니다',
	],
	'disk.reason': ['Reported by the file system', '파일 시스템에서 확인한 값입니다'],
	'disk.prune': ['Remove stopped containers and unused images', '중지된 컨테이너와 사용하지 않는 이미지를 삭제하세요'],
	'disk.logs': ['Delete task logs older than 30 days', '30일이 지난 작업 로그를 삭제하세요'],
	'inodes.title': [
		'The disk of {path} is nearly out of inodes',
		'{path}이(가) 있는 디스크의 inode가 거의 소진되었습니다',
	],
	'inodes.evidence': ['{free} of {total} inodes free', '전체 inode {total}개 중 {free}개 남음'],
	'inodes.cause': [
		'Too many small files, usually old task logs',
		'작은 파일이 너무 많습니다. 대부분 오래된 작업 로그입니다',
	],
	'inodes.reason': [
		'The disk has free space, but a file cannot be created without an inode',
		'디스크에 여유 공간이 있어도 inode가 없으면 파일을 만들 수 없습니다',
	],
	'growth.title': ['The disk of {path} is filling up fast', '{path}이(가) 있는 디스크가 빠르게 채워지고 있습니다'],
	'growth.evidence': [
		'{growth:bytes} per hour; {free:bytes} free, full in about {left:duration}',
		'시간당 {growth:bytes} 증가, 남은 공간 {free:bytes}(약 {left:duration} 후 가득 참)',
	],
	'growth.cause': [
		'Something writes a lot, usually a log, a volume or repeated image builds',
		'로그, 볼륨, 반복되는 이미지 빌드 등이 많은 양을 기록하고 있습니다',
	],
	'growth.reason': ['Free space was measured over the last 30 minutes', '최근 30분 동안 남은 공간을 측정한 결과입니다'],
} as const;
