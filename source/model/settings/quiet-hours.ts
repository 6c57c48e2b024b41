/** `22:00-07:00` as minutes of the day; null if it is not such a span. */
export function quietHours(text: string): { from: number; to: number } | null {
	const [, fromHour, fromMinute, toHour, toMinute] = /^(\d{1,2}):(\d{2})\s*-\s*(\d{1,2}):(\d{2})$/.exec(text) ?? [];
	const minutes = (hour = '', minute = '') =>
		Number(hour) < 24 && Number(minute) < 60 ? Number(hour) * 60 + Number(minute) : null;
	if (fromHour === undefined) return null;
	const [from, to] = [minutes(fromHour, fromMinute), minutes(toHour, toMinute)];
	return from === null || to === null ? null : { from, to };
}
