// The least that an Ink program from node_modules can be: one line of text, then it waits.
import {render, Text} from 'ink';
import {createElement} from 'react';

render(createElement(Text, undefined, 'bare ink'), {interactive: true, alternateScreen: true});
setInterval(() => {}, 1000);
