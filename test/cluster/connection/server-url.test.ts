import {expect, test} from 'vitest';
import {parseServer} from '../../../source/cluster/connection/server-url.ts';

test.each([
	['https://kube:6443', 'https://kube:6443', ''],
	['https://kube:6443/', 'https://kube:6443', ''],
	['https://kube:443', 'https://kube', ''],
	['https://rancher/k8s/clusters/c-x/', 'https://rancher', '/k8s/clusters/c-x'],
	['http://10.0.0.1:8080', 'http://10.0.0.1:8080', ''],
	['10.0.0.1:8080', 'http://10.0.0.1:8080', ''],
	['localhost:8080', 'http://localhost:8080', ''],
	['https://[fd00::1]:6443', 'https://[fd00::1]:6443', ''],
])('%s is the origin %s and the base path %j', (text, origin, basePath) => {
	expect(parseServer(text)).toMatchObject({origin, basePath});
});

test.each(['https://', 'https://a b', 'ftp://kube', 'https://me:SECRET@kube'])(
	'%s is refused unseen',
	text => {
		let message = '';
		try {
			parseServer(text);
		} catch (error) {
			message = String(error);
		}

		expect(message).toMatch(/^KtopError: the server address /u);
		expect(message).not.toContain('SECRET');
	},
);
