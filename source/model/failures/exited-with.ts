import { type Message, phrase } from '../../words/message.ts';

/** `psql exited with code 1: last line` */
export function exitedWith(program: string, code: number, last: string): Message {
	if (last === '')
		return phrase(['{program} exited with code {code}', '{program}이(가) 종료 코드 {code}으로(로) 끝났습니다'], {
			program,
			code,
		});
	return phrase(['{program} exited with code {code}: {last}', '{program} 종료 코드 {code}: {last}'], {
		program,
		code,
		last,
	});
}
