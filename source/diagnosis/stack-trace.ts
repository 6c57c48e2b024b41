/** What a Python stack trace says: where it happened, and what. */
export type TraceEnd = {
	/** The last file named, preferring the one asked about. */
	readonly file: string | null;
	readonly line: number | null;
	/** `SyntaxError: invalid syntax`; the last line where there is none such. */
	readonly message: string;
	/** `SyntaxError`; empty where the message names none. */
	readonly kind: string;
};

const frame = /File "([^"]+)", line (\d+)/;
const exception = /^(?:[\w]+\.)*(\w+(?:Error|Exception|Timeout|Interrupt|Exit|Warning))\b(?::|$)/;

/**
 * Reads the end of a stack trace.
 * @param file the frame in this file is the place, where there is one: what it calls is not for its author to fix
 */
export function readTrace(trace: string, file?: string): TraceEnd {
	const lines = trace.split('\n').filter(line => line.trim() !== '');
	const frames = lines.flatMap(line => {
		const [, path, number] = frame.exec(line) ?? [];
		return path === undefined ? [] : [{ file: path, line: Number(number) }];
	});
	const place = frames.findLast(one => one.file === file) ?? frames.at(-1);
	const said = lines.findLast(line => exception.test(line.trim())) ?? lines.at(-1) ?? '';
	const message = said.trim();
	return { file: place?.file ?? null, line: place?.line ?? null, message, kind: exception.exec(message)?.[1] ?? '' };
}

/** The same error in different runs: numbers, ids, times and addresses left out. */
export function signatureOf(reason: string): string {
	return reason
		.replaceAll(/0x[0-9a-f]+/gi, '#')
		.replaceAll(/[0-9a-f]{8,}(-[0-9a-f]{4,})*/gi, '#')
		.replaceAll(/\d+/g, '#')
		.trim();
}
