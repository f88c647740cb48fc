import {expect, test} from 'vitest';
import {proxyFromEnvironment} from '../../source/http/proxy-environment.ts';

const proxy = 'http://proxy:3128';

test.each([
	['https://kube:6443', {HTTPS_PROXY: proxy}, proxy],
	['https://kube:6443', {https_proxy: proxy}, proxy],
	['https://kube:6443', {HTTPS_PROXY: proxy, https_proxy: 'http://other'}, proxy],
	['https://kube:6443', {HTTP_PROXY: proxy}, undefined],
	['http://kube:8080', {HTTP_PROXY: proxy}, proxy],
	['http://kube:8080', {HTTP_PROXY: proxy, REQUEST_METHOD: 'GET'}, undefined],
	['http://kube:8080', {HTTPS_PROXY: proxy}, undefined],
	['https://kube:6443', {HTTPS_PROXY: 'proxy:3128'}, 'http://proxy:3128'],
	['https://kube:6443', {HTTPS_PROXY: ''}, undefined],
	['https://kube:6443', {HTTPS_PROXY: 'socks5://proxy:1080'}, 'socks5://proxy:1080'],
	['https://kube:6443', {ALL_PROXY: 'socks5://proxy:1080'}, 'socks5://proxy:1080'],
	['http://kube:8080', {all_proxy: 'socks5h://proxy:1080'}, 'socks5h://proxy:1080'],
	['https://kube:6443', {ALL_PROXY: 'socks5://other:1080', HTTPS_PROXY: proxy}, proxy],
	['https://kube:6443', {ALL_PROXY: 'socks5://proxy:1080', NO_PROXY: 'kube'}, undefined],
	['https://kube:6443', {}, undefined],
])('%s with %j goes through %s', (origin, environment, expected) => {
	expect(proxyFromEnvironment(origin, environment)).toBe(expected);
});

test.each(['https://localhost:6443', 'https://127.0.0.1:6443', 'https://127.9.9.9', 'https://[::1]:6443'])(
	'%s is never proxied',
	origin => {
		expect(proxyFromEnvironment(origin, {HTTPS_PROXY: proxy})).toBeUndefined();
	},
);

test.each([
	['*', 'https://kube', true],
	['kube.internal', 'https://kube.internal:6443', true],
	['kube.internal', 'https://a.kube.internal', true],
	['kube.internal', 'https://mykube.internal', false],
	['.kube.internal', 'https://a.kube.internal', true],
	['.kube.internal', 'https://kube.internal', false],
	['*.kube.internal', 'https://a.kube.internal', true],
	['KUBE.internal', 'https://kube.INTERNAL', true],
	['kube.internal', 'https://kube.internal.', true],
	['kube.internal:6443', 'https://kube.internal:6443', true],
	['kube.internal:6443', 'https://kube.internal', false],
	['kube.internal:443', 'https://kube.internal', true],
	['10.0.0.7', 'https://10.0.0.7:6443', true],
	['10.0.0.7', 'https://10.0.0.70', false],
	['10.0.0.7:6443', 'https://10.0.0.7:6443', true],
	['10.0.0.7:6443', 'https://10.0.0.7:443', false],
	['10.0.0.0/8', 'https://10.255.1.2', true],
	['10.0.0.0/8', 'https://11.0.0.1', false],
	['10.0.0.0/8', 'https://kube', false],
	['10.0.0.0/99', 'https://10.0.0.1', false],
	['fd00::/8', 'https://[fd00::5]:6443', true],
	['fd00::/8', 'https://[fe00::5]:6443', false],
	['fd00::5', 'https://[fd00::5]:6443', true],
	[' other , kube ', 'https://kube', true],
	['other,,', 'https://kube', false],
])('NO_PROXY=%s with %s goes direct: %s', (exceptions, origin, isDirect) => {
	const chosen = proxyFromEnvironment(origin, {HTTPS_PROXY: proxy, NO_PROXY: exceptions});

	expect(chosen).toBe(isDirect ? undefined : proxy);
});
