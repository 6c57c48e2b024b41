/**
 * Packages that a dependency asks for but laketop never uses. Each is replaced by a module that loads in no time and
 * throws when something is called on it: unbundled, they are two thirds of what importing dockerode costs.
 */
import type { Plugin } from 'esbuild';

const buildKit = 'laketop does not build images';
const transport = 'laketop has a transport of its own under dockerode';
const ssh = 'laketop reaches an engine over ssh with the ssh command';

/** Package → why it is not needed. */
const reasons: Record<string, string> = {
	'@grpc/grpc-js': buildKit,
	'@grpc/proto-loader': buildKit,
	protobufjs: buildKit,
	'tar-fs': buildKit,
	'@balena/dockerignore': buildKit,
	'docker-modem': transport,
	ssh2: ssh,
	'cpu-features': ssh,
};

/** The text of the module that stands in for a package: it and every property of it are functions that throw. */
export function standIn(name: string, reason: string): string {
	const message = JSON.stringify(`${name} is not part of laketop: ${reason}`);
	return [
		`function NotShipped() { throw new Error(${message}); }`,
		"module.exports = new Proxy(NotShipped, { get: (_, key) => (typeof key === 'string' ? NotShipped : undefined) });",
	].join('\n');
}

export const notShipped: Plugin = {
	name: 'not-shipped',
	setup(build) {
		const names = Object.keys(reasons).join('|');
		build.onResolve({ filter: new RegExp(`^(${names})(/.*)?$`) }, ({ path }) => ({ path, namespace: 'not-shipped' }));
		build.onLoad({ filter: /.*/, namespace: 'not-shipped' }, ({ path }) => {
			const name = Object.keys(reasons).find(known => path === known || path.startsWith(`${known}/`)) ?? path;
			return { contents: standIn(name, reasons[name] ?? 'it is not needed'), loader: 'js' };
		});
	},
};
