/** Why acknowledgements were not read, or one was not saved. Each English, then Korean. */
export const acknowledgementsMessages = {
	'ack problem.not a file': [
		'Acknowledgements were not read: {path} is not a regular file',
		'확인 처리 기록을 읽지 않았습니다. {path}은(는) 일반 파일이 아닙니다',
	],
	'ack problem.others may write': [
		'Acknowledgements were not read: other users can write to {path}. Run chmod 600 on it',
		'확인 처리 기록을 읽지 않았습니다. 다른 사용자가 {path}에 쓸 수 있습니다. chmod 600을 실행하세요',
	],
	'ack problem.other owner': [
		'Acknowledgements were not read: {path} belongs to another user',
		'확인 처리 기록을 읽지 않았습니다. {path}의 소유자가 다른 사용자입니다',
	],
	'ack problem.too large': [
		'Acknowledgements were not read: {path} is larger than 1 MiB',
		'확인 처리 기록을 읽지 않았습니다. {path}의 크기가 1 MiB를 넘습니다',
	],
	'ack problem.unreadable': [
		'Acknowledgements were not read: {path}: {detail}',
		'확인 처리 기록을 읽지 않았습니다. {path}: {detail}',
	],
	'ack problem.garbled line': [
		'One acknowledgement was not read: 1 line of {path} is corrupt',
		'확인 처리 기록 일부를 읽지 않았습니다. {path}의 1줄이 손상되었습니다',
	],
	'ack problem.garbled': [
		'Some acknowledgements were not read: {lines} lines of {path} are corrupt',
		'확인 처리 기록 일부를 읽지 않았습니다. {path}의 {lines}줄이 손상되었습니다',
	],
	'ack problem.locked': [
		'The acknowledgement was not saved: another laketop holds the lock {path}. Delete it if no laketop is running',
		'확인 처리 기록을 저장하지 못했습니다. 다른 laketop이 잠금 파일 {path}을(를) 가지고 있습니다. 실행 중인 laketop이 없으면 삭제하세요',
	],
	'ack problem.not written': [
		'The acknowledgement was not saved: {path}: {detail}',
		'확인 처리 기록을 저장하지 못했습니다. {path}: {detail}',
	],
	'ack problem.name too long': [
		'The acknowledgement was not saved: the finding ID is too long',
		'확인 처리 기록을 저장하지 못했습니다. 문제 ID가 너무 깁니다',
	],
	'ack problem.no stack': [
		'The acknowledgement was not saved: the stack is not known yet',
		'확인 처리 기록을 저장하지 못했습니다. 아직 스택을 찾지 못했습니다',
	],
} as const;
