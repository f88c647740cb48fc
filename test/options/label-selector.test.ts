import {expect, test} from 'vitest';
import {isLabelSelector} from '../../source/options/label-selector.ts';

test.each([
	'',
	'app',
	'!app',
	'app=',
	'app=web',
	'app==web',
	'app != web',
	' app = web , tier in (db, cache),x notin(a) ',
	'app in ()',
	'app in (a,,b)',
	'in in (in)',
	'app.kubernetes.io/name=web_1.2',
	'cores>4,cores<1',
	'a,!b,c=1',
])('“%s” is a selector of labels', text => {
	expect(isLabelSelector(text)).toBe(true);
});

test.each([
	'a in',
	'a in b',
	'a in (b',
	'a in (b))',
	'a notin',
	'=web',
	'a=b c',
	'a b',
	'a=b,',
	',a',
	'a,,b',
	'!',
	'!a=b',
	'a=b/c',
	'a=-b',
	'a/b/c',
	'a>x',
	'a=b=c',
	'app:web',
	'a=é',
	'a;b',
])('“%s” is none', text => {
	expect(isLabelSelector(text)).toBe(false);
});
