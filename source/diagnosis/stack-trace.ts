/** The location and error of a Python stack trace. */
export type TraceEnd = {
	/** The last file named, preferably the requested one. */
	readonly file: string | null;
	readonly line: number | null;
	/** `SyntaxError: invalid syntax`, otherwise the last line. */
	readonly message: string;
	/** `SyntaxError`; empty if the message names none. */
	readonly kind: string;
};

const frame = /File "([^"]+)", line (\d+)/;
const exception = /^(?:[\w]+\.)*(\w+(?:Error|Exception|Timeout|Interrupt|Exit|Warning))\b(?::|$)/;

/**
 * Reads the end of a stack trace.
 * @param file a frame in this file counts as the location, because its author cannot fix the code it calls
 */
export function readTrace(trace: string, file?: string): TraceEnd {
	const lines = trace.split('\n').filter(line => line.trim() !== '');
	const frames = lines.flatMap(line => {
		const [, path, number] = frame.exec(line) ?? [];
		return path === undefined ? [] : [{ file: path, line: Number(number) }];
	});
	const place = frames.findLast(one => one.file === file) ?? frames.at(-1);
	const exceptionLine = lines.findLast(line => exception.test(line.trim())) ?? lines.at(-1) ?? '';
	const message = exceptionLine.trim();
	return { file: place?.file ?? null, line: place?.line ?? null, message, kind: exception.exec(message)?.[1] ?? '' };
}

/** Equal for the same error in different DAG runs: without numbers, ids, times and addresses. */
export function signatureOf(reason: string): string {
	return reason
		.replaceAll(/0x[0-9a-f]+/gi, '#')
		.replaceAll(/[0-9a-f]{8,}(-[0-9a-f]{4,})*/gi, '#')
		.replaceAll(/\d+/g, '#')
		.trim();
}
