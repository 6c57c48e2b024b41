/** A string in Python's repr(): in single quotes, unless double quotes save escaping. */
export function pythonRepr(text: string): string {
	const quote = text.includes("'") && !text.includes('"') ? '"' : "'";
	const escaped = text.replace(/[\\'"\u0000-\u001f\u007f-\u00a0]/g, c => {
		if (c === '\\') return '\\\\';
		if (c === '\n') return '\\n';
		if (c === '\r') return '\\r';
		if (c === '\t') return '\\t';
		if (c === '"' || c === "'") return c === quote ? `\\${c}` : c;
		return `\\x${c.charCodeAt(0).toString(16).padStart(2, '0')}`;
	});
	return quote + escaped + quote;
}
