import type { Patch } from '../patch.ts';

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

/** The module that replaces a package: it and every property of it are functions that throw. */
export function standIn(name: string, reason: string): string {
	const message = JSON.stringify(`${name} is not part of laketop: ${reason}`);
	return [
		`function NotShipped() { throw new Error(${message}); }`,
		"module.exports = new Proxy(NotShipped, { get: (_, key) => (typeof key === 'string' ? NotShipped : undefined) });",
	].join('\n');
}

const names = Object.keys(reasons);

export const notShipped: Patch = {
	file: 'dockerode/not-shipped.ts',
	package: 'dockerode',
	version: '5.0.1',
	reason:
		'dockerode requires packages that laketop never uses: for building images, for ssh, and its own transport. Each becomes a module that throws when something of it is called.',
	figure: 'saves two thirds of the time that dockerode takes to load',
	upstream: 'https://github.com/apocas/dockerode/pull/766',
	standIns: [
		{
			specifier: new RegExp(`^(${names.join('|')})(/.*)?$`),
			format: 'commonjs',
			text(specifier) {
				const name = names.find(known => specifier === known || specifier.startsWith(`${known}/`)) ?? specifier;
				return standIn(name, reasons[name] ?? 'it is not needed');
			},
		},
		{
			specifier: /^zlib$/,
			importer: /[\\/]node_modules[\\/]dockerode[\\/]/,
			format: 'commonjs',
			text: () => standIn('zlib', buildKit),
		},
	],
};
