import {describe, expect, test} from 'vitest';
import {Tabs} from '../../../source/ui/components/tabs.tsx';
import {type RenderOptions, renderApp} from './render-app.tsx';

const tabs = (options: RenderOptions = {}) => renderApp({...options, part: shown => <Tabs shown={shown} />});

describe('the tabs', () => {
	test.each([
		[20, ' nodes'],
		[60, ' 1 Nodes  2 Pods  3 Cont  4 NS  5 Tree  6 Work      3 nodes'],
		[80, ' 1 Nodes  2 Pods  3 Cont  4 NS  5 Tree  6 Work                sort cpu  3 nodes'],
		[120, ' 1 Nodes 3  2 Pods 3  3 Containers 3  4 Namespaces 1  5 Tree'],
	])('are in %i cells %j', async (columns, line) => {
		expect((await tabs({columns})).text()).toContain(line);
	});

	test('highlight the current one', async () => {
		expect((await tabs({colors: '16', columns: 60})).frame()).toContain('\u001B[7m 1 Nodes \u001B[27m');
	});
});

test('an opened page shows its path instead of tabs', async () => {
	const {press, line} = await renderApp();
	await press('\r', '\r');
	expect(line('nodes ›')).toContain(' nodes › alpha › shop/web-1/web-1-main');
});
