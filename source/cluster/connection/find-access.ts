import {KtopError} from '../../metrics/model/failure.ts';
import {anonymousUser, type ClusterAccess, emptyCluster} from './access.ts';
import {applyFlags} from './apply-flags.ts';
import {findServiceAccount} from './in-cluster.ts';
import {loadKubeconfig} from './kubeconfig/load.ts';
import {selectAccess} from './kubeconfig/select.ts';
import type {ConnectionOptions} from './options.ts';
import {parseServer} from './server-url.ts';
import {parseSourceUrl} from './source-url.ts';
import {validateAccess} from './validate-access.ts';

/**
 * The cluster that the options mean: an explicit URL, else the kubeconfig's context, else the service account of the
 * pod ktop runs in. `undefined` where there is none of them; nothing is contacted or run.
 *
 * @throws KtopError `usage` where the choice is named but wrong.
 */
export async function findAccess(options: ConnectionOptions): Promise<ClusterAccess | undefined> {
	const found = await chooseAccess(options);
	if (found === undefined) {
		return undefined;
	}
	const access = applyFlags(found, options);
	validateAccess(access);
	refuseTokenInClear(access, options);
	return access;
}

async function chooseAccess(options: ConnectionOptions): Promise<ClusterAccess | undefined> {
	if (options.url !== undefined) {
		return parseSourceUrl(options.url, options);
	}
	const config = await loadKubeconfig({
		explicit: options.kubeconfig,
		environment: options.environment,
		homeDirectory: options.homeDirectory,
	});
	const selected = selectAccess(config, options);
	if (selected !== undefined) {
		return selected;
	}
	if (options.server) {
		return serverAlone;
	}
	if (options.kubeconfig && config.contexts.names().length === 0) {
		throw new KtopError({
			code: 'usage',
			brief: 'no context',
			message: `--kubeconfig ${options.kubeconfig}: no context in it`,
			hint: 'name a kubeconfig that kubectl can use, or leave --kubeconfig out',
		});
	}
	const serviceAccount = options.kubeconfig ? undefined : await findServiceAccount(options);
	if (serviceAccount !== undefined || config.contexts.names().length === 0) {
		return serviceAccount;
	}
	throw new KtopError({
		code: 'usage',
		brief: 'no context chosen',
		message: `${config.files.join(', ')} sets no current-context`,
		hint: `choose one with --context: ${[...config.contexts.names()].sort().slice(0, 12).join(', ')}`,
	});
}

const serverAlone: ClusterAccess = {
	origin: 'url',
	context: undefined,
	clusterName: undefined,
	userName: undefined,
	namespace: 'default',
	cluster: emptyCluster,
	user: anonymousUser,
};

/** kubectl drops credentials on plain http without a word; a token that was typed in deserves one. */
function refuseTokenInClear(access: ClusterAccess, options: ConnectionOptions): void {
	if (!options.token || parseServer(access.cluster.server ?? '').protocol !== 'http:') {
		return;
	}
	throw new KtopError({
		code: 'usage',
		brief: 'token over plain http',
		message: '--token would be sent in clear to a server at http://',
		hint: 'use the https:// address of the server, or drop --token',
	});
}
