import { createHmac } from 'node:crypto';
import { isObject, parseJson, textOf } from '../../server/json.ts';
import type { Call } from '../../server/routes.ts';
import { DAY, SECOND } from '../../world/time.ts';
import type { World } from '../../world/world.ts';
import { sendDetail, sendInvalid, sendJson } from './reply.ts';

/** `[api_auth] jwt_expiration_time` is a day. */
const LIFE_MS = DAY;
const SECRET = 'the demo signs with this';

const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
const signature = (text: string): string => createHmac('sha512', SECRET).update(text).digest('base64url');

/**
 * airflow-core/src/airflow/api_fastapi/auth/managers/simple/routes/login.py, and that of FAB's auth manager
 * (providers/fab/auth_manager/api_fastapi/routes/login.py 3.10.2), which takes JSON alone.
 */
export function giveToken(world: World, call: Call): void {
	const { user, password } = world.airflow;
	const isForm = (call.request.headers['content-type'] ?? '').startsWith('application/x-www-form-urlencoded');
	const body =
		isForm && !world.stack.hasFab
			? Object.fromEntries(new URLSearchParams(call.body.toString()))
			: parseJson(call.body.toString());
	if (!isObject(body)) {
		return sendInvalid(call, 'dict_type', ['body'], 'Input should be a valid dictionary', call.body.toString());
	}
	if (world.stack.hasFab && !(textOf(body.username) && textOf(body.password))) {
		return sendDetail(call, 400, 'Username and password must be provided');
	}
	if (textOf(body.username) !== user || textOf(body.password) !== password) {
		return sendDetail(call, 401, 'Invalid credentials');
	}
	sendJson(call, { access_token: issueToken(world) }, 201);
}

/** A new token of the demo's user. */
export function issueToken({ airflow: { user, tokens }, stack, time }: World): string {
	const iat = Math.floor(time / SECOND);
	// FAB names its users by their number in the database.
	const who = stack.hasFab ? { sub: '1' } : { sub: user, role: 'admin' };
	const claims = { ...who, aud: 'apache-airflow', iat, nbf: iat, exp: iat + LIFE_MS / SECOND };
	const text = `${part({ alg: 'HS512', typ: 'JWT' })}.${part({ ...claims, jti: tokens.size + 1 })}`;
	const token = `${text}.${signature(text)}`;
	tokens.set(token, time + LIFE_MS);
	return token;
}

/** Why a request is rejected; undefined if it is not. */
export function refusalOf(world: World, call: Call): { readonly status: number; readonly detail: string } | undefined {
	const [, token = ''] = /^Bearer (.+)$/.exec(call.request.headers.authorization ?? '') ?? [];
	if (token === '') return { status: 401, detail: 'Not authenticated' };
	const end = token.lastIndexOf('.');
	if (end === -1 || signature(token.slice(0, end)) !== token.slice(end + 1)) {
		return { status: 403, detail: 'Invalid JWT token' };
	}
	const until = world.airflow.tokens.get(token);
	return until === undefined || until <= world.time ? { status: 401, detail: 'Token Expired' } : undefined;
}
