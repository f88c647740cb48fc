import {expect, test} from 'vitest';
import {DialTimeout} from '../../source/http/dial.ts';
import {connectFailure} from '../../source/http/transport-failure.ts';

const options = {
	origin: 'https://10.0.0.7:10250',
	words: {server: 'kubelet', caFlag: '-', insecureFlag: '-', serverNameFlag: '-'},
	connectTimeoutMs: 3000,
};

test.each([
	[false, 'did not accept a connection within 3s'],
	[true, 'accepted the connection but did not complete the TLS handshake within 3s'],
])('a connection that TCP accepted (%s) and that came too late “%s”', (isAccepted, said) => {
	expect(connectFailure(new DialTimeout(isAccepted), options)).toMatchObject({
		code: 'timeout',
		brief: 'timeout 3s',
		message: `kubelet https://10.0.0.7:10250 ${said}`,
	});
});
