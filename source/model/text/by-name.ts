/** The order of names, the same in every language of the user. */
export function byName(a: string, b: string): number {
	return isPlain.test(a) && isPlain.test(b) ? plainOrder(a, b, false) : collator(false).compare(a, b);
}

/** The same, but `worker-2` stands before `worker-10`. */
export function byNumberedName(a: string, b: string): number {
	return isPlain.test(a) && isPlain.test(b) ? plainOrder(a, b, true) : collator(true).compare(a, b);
}

const collators = new Map<boolean, Intl.Collator>();

/** The first one takes 6 ms to make, and names of containers can do without. */
function collator(numeric: boolean): Intl.Collator {
	const made = collators.get(numeric) ?? new Intl.Collator('en', { numeric });
	collators.set(numeric, made);
	return made;
}

/** As most containers, DAGs and tasks are named. ICU compares numbers of up to 254 digits. */
const isPlain = /^[\d_.a-z-]{0,200}$/;
const order = '_-.0123456789abcdefghijklmnopqrstuvwxyz';

/** What a collator says about plain names (Unicode Technical Standard 10; CLDR root collation). */
function plainOrder(a: string, b: string, numeric: boolean): number {
	let [left, right] = [0, 0];
	while (left < a.length && right < b.length) {
		const [one, other] = numeric ? [numberAt(a, left), numberAt(b, right)] : ['', ''];
		if (one !== '' && other !== '') {
			const [value, otherValue] = [one.replace(/^0+/, ''), other.replace(/^0+/, '')];
			if (value !== otherValue) {
				const isLess = value.length === otherValue.length ? value < otherValue : value.length < otherValue.length;
				return isLess ? -1 : 1;
			}
			left += one.length;
			right += other.length;
			continue;
		}
		const difference = order.indexOf(a.charAt(left)) - order.indexOf(b.charAt(right));
		if (difference !== 0) return Math.sign(difference);
		left++;
		right++;
	}
	return Math.sign(a.length - left - (b.length - right));
}

function numberAt(text: string, from: number): string {
	let end = from;
	while (text.charAt(end) >= '0' && text.charAt(end) <= '9') end++;
	return text.slice(from, end);
}
