import type { Effect } from '../conversation.ts';
import type { StepContext } from './action.ts';
import { type Address, addressPage, browserCommand, tunnelCommand } from './addresses.ts';
import { openThroughSsh, throughSshTo } from './ssh-page.ts';
import { cannot } from './step.ts';

/** Opens a browser, or shows the address and a tunnel command if there is none. */
export function openAddress(context: StepContext, address: Address | null): Effect {
	const { environment, state, say } = context;
	if (!address) return cannot(say(['The selection has no web page', '선택 항목에 해당하는 웹 페이지가 없습니다']));
	const target = throughSshTo(state, address.url);
	if (target !== null) return openThroughSsh(context, address, target);
	if (browserCommand(environment)) return { kind: 'open address', url: address.url };
	const tunnel = tunnelCommand(address.url, environment);
	if (tunnel === null) return addressPage(context, address, null);
	const lead = say(['To reach it from your own machine, run there:', '내 PC에서 접속하려면 내 PC에서 실행:']);
	return addressPage(context, address, { tunnel, lead });
}
