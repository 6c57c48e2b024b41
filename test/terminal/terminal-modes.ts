/** The modes that a program has switched on, from its complete output. */
import { type CsiSequence, controlSequences, privateModes } from './control-sequences.ts';

export type Modes = {
	alternateScreen: boolean;
	cursorHidden: boolean;
	bracketedPaste: boolean;
	/** Which reports: every kind that is on. */
	mouse: string[];
	focusReporting: boolean;
	applicationCursor: boolean;
	applicationKeypad: boolean;
	synchronizedOutput: boolean;
	autowrap: boolean;
	/** How many kitty keyboard flags are pushed. */
	kittyKeyboard: number;
	modifyOtherKeys: boolean;
	/** Colours or attributes are set, so that the shell's prompt would have them. */
	styled: boolean;
	scrollRegion: boolean;
};

const mouseModes = new Map([
	[9, 'x10'],
	[1000, 'buttons'],
	[1002, 'drag'],
	[1003, 'any'],
	[1005, 'utf-8 form'],
	[1006, 'sgr form'],
	[1015, 'urxvt form'],
	[1016, 'pixels'],
]);

/** Modes that are on by default. */
const onFromTheStart = [7, 25];

function otherCsi(sequence: CsiSequence, modes: Modes): void {
	const { prefix, parameters, intermediates, final } = sequence;
	switch (prefix + intermediates + final) {
		case '>u':
			modes.kittyKeyboard += 1;
			break;
		case '<u':
			modes.kittyKeyboard = Math.max(0, modes.kittyKeyboard - Math.max(1, Number(parameters)));
			break;
		case '>m':
			modes.modifyOtherKeys = /^4;[12]$/.test(parameters);
			break;
		case 'r':
			modes.scrollRegion = parameters !== '';
			break;
		case 'm':
			modes.styled = stillStyled(parameters, modes.styled);
			break;
	}
}

// 39 and 49 end a colour, 22 bold and dim, and so on; which of several is ended is not followed, as a program that
// closes what it opened closes the last one last.
const endings = new Set(['22', '23', '24', '25', '27', '28', '29', '39', '49', '55', '59']);

function stillStyled(parameters: string, styled: boolean): boolean {
	// The numbers of an extended colour (38;5;n and 38;2;r;g;b) are no attributes.
	const attributes = parameters.replace(/(^|;)[345]8[;:](5[;:]\d*|2[;:]\d*[;:]\d*[;:]\d*)/g, '$1colour').split(';');
	return attributes.reduce((_, attribute) => {
		return attribute !== '' && Number(attribute) !== 0 && !endings.has(attribute);
	}, styled);
}

export function modesOf(written: Buffer): Modes {
	const privateOn = new Set(onFromTheStart);
	const modes: Modes = {
		alternateScreen: false,
		cursorHidden: false,
		bracketedPaste: false,
		mouse: [],
		focusReporting: false,
		applicationCursor: false,
		applicationKeypad: false,
		synchronizedOutput: false,
		autowrap: true,
		kittyKeyboard: 0,
		modifyOtherKeys: false,
		styled: false,
		scrollRegion: false,
	};
	for (const sequence of controlSequences(written)) {
		const change = privateModes(sequence);
		if (change !== undefined) {
			for (const mode of change.modes) {
				if (change.on) {
					privateOn.add(mode);
				} else {
					privateOn.delete(mode);
				}
			}
		} else if (sequence.kind === 'csi') {
			otherCsi(sequence, modes);
		} else if (sequence.kind === 'esc' && (sequence.final === '=' || sequence.final === '>')) {
			modes.applicationKeypad = sequence.final === '=';
		}
	}
	return {
		...modes,
		alternateScreen: [47, 1047, 1049].some(mode => privateOn.has(mode)),
		cursorHidden: !privateOn.has(25),
		bracketedPaste: privateOn.has(2004),
		mouse: [...mouseModes].filter(([mode]) => privateOn.has(mode)).map(([, name]) => name),
		focusReporting: privateOn.has(1004),
		applicationCursor: privateOn.has(1),
		synchronizedOutput: privateOn.has(2026),
		autowrap: privateOn.has(7),
	};
}

/** What an ended program should have switched back, in words. */
export function modesLeftOn(modes: Modes): string[] {
	const left: [boolean, string][] = [
		[modes.alternateScreen, 'alternate screen'],
		[modes.cursorHidden, 'cursor hidden'],
		[modes.bracketedPaste, 'bracketed paste'],
		[modes.mouse.length > 0, `mouse (${modes.mouse.join(', ')})`],
		[modes.focusReporting, 'focus reporting'],
		[modes.applicationCursor, 'application cursor keys'],
		[modes.applicationKeypad, 'application keypad'],
		[modes.synchronizedOutput, 'synchronized output'],
		[!modes.autowrap, 'autowrap off'],
		[modes.kittyKeyboard > 0, 'kitty keyboard'],
		[modes.modifyOtherKeys, 'modifyOtherKeys'],
		[modes.styled, 'colours or attributes'],
		[modes.scrollRegion, 'scroll region'],
	];
	return left.filter(([on]) => on).map(([, name]) => name);
}
