import {expect, test} from 'vitest';
import {nameSettings} from '../../source/options/name-settings.ts';

const settings = new Map([['token', '/c.yaml:2: token']]);

test.each([
	['--token would be sent in clear', '/c.yaml:2: token would be sent in clear'],
	['--token-file x: no such file', '--token-file x: no such file'],
	['nothing', 'nothing'],
])('“%s” is “%s” where the token is a setting', (message, named) => {
	expect(nameSettings(message, settings)).toBe(named);
});
