import type { Text } from '../../words/language.ts';
import { type Message, phrase, quoted, render } from '../../words/message.ts';
import { ownValue } from '../text/own-value.ts';

/** An error in both languages that names no server: the caller adds that. `message` is its English rendering. */
export class DescribedError extends Error {
	override name = 'DescribedError';
	readonly description: Message;

	constructor(description: Message) {
		super(render(description, 'en'));
		this.description = description;
	}
}

/** Errors of the operating system that people meet with files and programs (errno(3)). */
const systemTexts: Readonly<Record<string, Text>> = {
	EACCES: ['permission denied', '권한이 없습니다'],
	EPERM: ['operation not permitted', '허용되지 않은 작업입니다'],
	ENOENT: ['no such file', '파일이 없습니다'],
	ENOTDIR: ['a part of the path is not a directory', '경로의 일부가 디렉터리가 아닙니다'],
	EISDIR: ['it is a directory', '디렉터리입니다'],
	EEXIST: ['it already exists', '이미 있습니다'],
	ELOOP: [
		'symbolic link where none is allowed, or a loop of links',
		'허용되지 않는 심볼릭 링크이거나 순환하는 링크입니다',
	],
	ENAMETOOLONG: ['the name is too long', '이름이 너무 깁니다'],
	ENOSPC: ['no space left on the disk', '디스크에 남은 공간이 없습니다'],
	EDQUOT: ['the disk quota is used up', '디스크 할당량을 모두 사용했습니다'],
	EROFS: ['the file system is read-only', '읽기 전용 파일 시스템입니다'],
	EMFILE: ['too many open files', '열린 파일이 너무 많습니다'],
	EIO: ['the disk failed (I/O error)', '디스크 입출력 오류가 발생했습니다'],
};

/**
 * The message of an error. Those of the operating system about files and programs exist in both languages; those of a
 * parser or a library are quoted.
 */
export function describe(error: unknown): Message {
	if (error instanceof DescribedError) return error.description;
	if (!(error instanceof Error)) return quoted(String(error));
	const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
	// Node names the failed call: `spawn ssh` for a program.
	if (code === 'ENOENT' && 'syscall' in error && String(error.syscall).startsWith('spawn'))
		return phrase(['program not found', '프로그램을 찾을 수 없습니다']);
	const text = ownValue(systemTexts, code);
	return text === undefined ? quoted(error.message) : phrase(text);
}
