import {writeFile} from 'node:fs/promises';
import {join} from 'node:path';
import {expect, test} from 'vitest';
import {
	anonymousUser,
	type ClusterAccess,
	emptyCluster,
} from '../../../../source/cluster/connection/access.ts';
import {encodeKubeconfig} from '../../../../source/cluster/connection/kubeconfig/encode.ts';
import {loadKubeconfig} from '../../../../source/cluster/connection/kubeconfig/load.ts';
import {selectAccess} from '../../../../source/cluster/connection/kubeconfig/select.ts';
import {tlsPath, tlsText} from '../access-fixture.ts';
import {scratchDirectory} from '../scratch-directory.ts';

const anonymous: ClusterAccess = {
	origin: 'url',
	context: undefined,
	clusterName: undefined,
	userName: undefined,
	namespace: 'shop',
	cluster: {...emptyCluster, server: 'http://10.0.0.1:8080'},
	user: anonymousUser,
};

const withFiles: ClusterAccess = {
	...anonymous,
	cluster: {
		server: 'https://10.0.0.1/k8s/clusters/c-x',
		tlsServerName: 'prod',
		isInsecure: false,
		certificateAuthority: {kind: 'file', path: tlsPath('ca.crt')},
		proxyUrl: 'socks5://proxy:1080',
		disableCompression: true,
		execConfig: {audience: 'prod', hours: 7n},
	},
	user: {
		...anonymousUser,
		token: 'stale',
		tokenFile: '/var/run/token',
		clientCertificate: {kind: 'file', path: tlsPath('alice.crt')},
		clientKey: {kind: 'file', path: tlsPath('alice.key')},
		impersonation: {
			user: 'me: "you"\n',
			uid: '7',
			groups: ['a', 'b'],
			extra: new Map([['scopes', ['view', 'edit']]]),
		},
	},
};

const withData: ClusterAccess = {
	...anonymous,
	cluster: {
		...emptyCluster,
		server: 'https://prod',
		certificateAuthority: {kind: 'data', pem: tlsText('ca.crt')},
	},
	user: {
		...anonymousUser,
		username: 'admin',
		password: 'päss',
		clientCertificate: {kind: 'data', pem: tlsText('alice.crt')},
		clientKey: {kind: 'data', pem: tlsText('alice.key')},
		exec: {
			apiVersion: 'client.authentication.k8s.io/v1',
			command: '/opt/login',
			args: ['--for', 'prod'],
			env: new Map([['REGION', 'eu']]),
			installHint: 'install it',
			provideClusterInfo: true,
			interactiveMode: 'IfAvailable',
		},
	},
};

test.each([
	['a URL alone', anonymous],
	['what is in files', withFiles],
	['what is written into it', withData],
	['an insecure cluster', {...anonymous, cluster: {...anonymous.cluster, isInsecure: true}}],
])('%s, read again, is the same cluster and user', async (_what, access) => {
	const explicit = join(await scratchDirectory(), 'config');
	await writeFile(explicit, encodeKubeconfig(access));
	const config = await loadKubeconfig({explicit, environment: {}, homeDirectory: '/nonexistent'});
	const {cluster, user, namespace} = access;
	expect(selectAccess(config, {})).toMatchObject({cluster, user, namespace});
});
