import {join} from 'node:path';
import {anonymousUser, type ClusterAccess, emptyCluster} from './access.ts';
import {defaultServiceAccountDirectory} from './in-cluster.ts';
import type {ConnectionEnvironment} from './options.ts';
import {parseServer} from './server-url.ts';

/**
 * Parses the URL of `--source kubernetes:URL`: `http://HOST:8080` or `https://HOST:6443`. Supports the parameters
 * `insecure` and `useServiceAccount` of Heapster and ignores its other ones
 * (https://github.com/kubernetes-retired/heapster/blob/master/docs/source-configuration.md).
 *
 * @throws KtopError `usage`
 */
export function parseSourceUrl(text: string, surroundings: ConnectionEnvironment): ClusterAccess {
	const mark = text.indexOf('?');
	const server = mark === -1 ? text : text.slice(0, mark);
	const parameters = new URLSearchParams(mark === -1 ? '' : text.slice(mark + 1));
	parseServer(server);
	const directory = surroundings.serviceAccountDirectory ?? defaultServiceAccountDirectory;
	const usesServiceAccount = parameters.get('useServiceAccount') === 'true';
	return {
		origin: 'url',
		context: undefined,
		clusterName: undefined,
		userName: usesServiceAccount ? 'service account' : undefined,
		namespace: 'default',
		cluster: {...emptyCluster, server, isInsecure: parameters.get('insecure') === 'true'},
		user: usesServiceAccount ? {...anonymousUser, tokenFile: join(directory, 'token')} : anonymousUser,
	};
}
