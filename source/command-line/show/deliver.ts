import { resolve } from 'node:path';
import { demandWritable, writeNewFile } from '../../clients/new-file.ts';
import { describe } from '../../model/failures/described-error.ts';
import { type Message, phrase } from '../../words/message.ts';
import { seeHelp, UsageError } from '../arguments/given.ts';
import type { CommandContext } from '../context/context.ts';
import { CommandFailure } from '../exit/failures.ts';
import { exitCodes } from '../rows/command.ts';

/** The file of `--output`; null: standard output. */
export function outputPath({ given, io }: Pick<CommandContext, 'given' | 'io'>): string | null {
	const file = given.text('output');
	return file === undefined ? null : resolve(io.workingDirectory, file);
}

/** Throws UsageError before any server is asked if the file of `--output` cannot be written, or is not to be replaced. */
export function demandOutput({ given, io, command }: Pick<CommandContext, 'given' | 'io' | 'command'>): void {
	const path = outputPath({ given, io });
	if (path === null) return;
	if (given.text('watch') !== undefined)
		throw new UsageError(
			phrase(['--output does not work with --watch', '--output은 --watch와 함께 사용할 수 없습니다']),
			seeHelp(command.name),
		);
	try {
		demandWritable(path, given.is('force'));
	} catch (error) {
		throw new UsageError(notWritten(given.text('output') ?? path, error), forceFix);
	}
}

/** Writes a command's output to the file of `--output` or to standard output. Throws CommandFailure. */
export async function deliver({ given, io, out }: CommandContext, text: string): Promise<void> {
	const path = outputPath({ given, io });
	if (path === null) return out.write(text);
	try {
		writeNewFile(path, text, given.is('force'));
	} catch (error) {
		const message = notWritten(given.text('output') ?? path, error);
		throw new CommandFailure({ kind: 'refused', message, fix: null }, exitCodes.failed);
	}
}

const forceFix = phrase(['--force replaces an existing file', '--force를 지정하면 기존 파일을 바꿉니다']);

function notWritten(file: string, error: unknown): Message {
	return phrase(['cannot write {file}: {why}', '{file}을(를) 쓸 수 없습니다: {why}'], { file, why: describe(error) });
}
