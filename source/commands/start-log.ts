import type {Log} from '../metrics/model/log.ts';
import type {Invocation} from '../options/invocation.ts';
import {withoutSecrets} from '../options/without-secrets.ts';
import {openLogFile} from './log-file.ts';

/** What the log says of the process and waits for of it. */
type LoggedProcess = Pick<NodeJS.Process, 'pid' | 'version' | 'platform' | 'arch' | 'env' | 'once'>;

/**
 * Opens the log and begins it with who writes and with which flags, settings and variables; it ends with the exit code. Throws `KtopError`
 * (`usage`) if the file cannot be written.
 */
export function startLog(path: string, {flags}: Invocation, of: LoggedProcess): Log {
	const {log, close} = openLogFile(path);
	log('info', 'started', {
		version: process.env.KTOP_VERSION ?? 'development',
		pid: of.pid,
		node: of.version,
		system: `${of.platform}-${of.arch}`,
	});
	log(
		'info',
		'options',
		Object.fromEntries(
			flags.map(({name, texts, origin}) => [
				name,
				`${texts.map(text => (text === '' ? 'true' : text)).join(' ')}${origin === 'config-file' ? ' (config.yaml)' : ''}`,
			]),
		),
	);
	log('info', 'environment', shownEnvironment(of.env));
	of.once('uncaughtExceptionMonitor', error => {
		log('error', 'defect', {error: error.stack ?? error.message});
	});
	of.once('exit', exitCode => {
		log('info', 'ended', {exitCode});
		close();
	});
	return log;
}

/** Environment variables that choose sources and routes, and hold no secret. */
const PLAIN_VARIABLES = [
	'KUBECONFIG',
	'SSL_CERT_FILE',
	'SSL_CERT_DIR',
	'XDG_CONFIG_HOME',
	'XDG_STATE_HOME',
	'TERM',
	'LANG',
	'LC_ALL',
];
const PROXY_VARIABLES = ['HTTPS_PROXY', 'HTTP_PROXY', 'ALL_PROXY', 'NO_PROXY'].flatMap(name => [
	name,
	name.toLowerCase(),
]);
const SECRET_VARIABLES = [
	'KTOP_TOKEN',
	...['INFLUX', 'PROMETHEUS'].flatMap(store => [`${store}_TOKEN`, `${store}_USERNAME`, `${store}_PASSWORD`]),
];

function shownEnvironment(environment: NodeJS.ProcessEnv): Readonly<Record<string, string | undefined>> {
	const shown = (names: readonly string[], show: (text: string) => string) =>
		Object.fromEntries(names.map(name => [name, environment[name] ? show(environment[name]) : undefined]));
	return {
		...shown(PLAIN_VARIABLES, text => text),
		...shown(PROXY_VARIABLES, withoutSecrets),
		...shown(SECRET_VARIABLES, () => '…'),
	};
}
