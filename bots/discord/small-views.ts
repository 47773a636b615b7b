import { type CardView, emptyView } from '../presenter/card-view.ts';
import type { Form } from '../presenter/form.ts';

/** Something to be known, in a line. */
export function noteView(line: string): CardView {
  return { ...emptyView, title: 'For you to know', lines: [line] };
}

/** In place of a form that can no longer be opened by itself: a button that opens it. */
export function formView(form: Form): CardView {
  return {
    ...emptyView,
    tone: 'waiting',
    title: form.title,
    lines: form.text === null ? [] : [form.text],
    buttons: [[{ token: `${lateForm}${form.token}`, label: 'Fill it in', style: 'primary', url: null }]],
  };
}

/** In front of a form's token, on the button that opens it. */
export const lateForm = 'late:';

export const troubleView: CardView = {
  ...emptyView,
  tone: 'failed',
  title: 'Something went wrong on our side',
  lines: ['It was written down for whoever runs WatchAI. Nothing was begun; try again in a moment.'],
};

export const notHereView: CardView = {
  ...emptyView,
  tone: 'refused',
  title: 'Not here',
  lines: ['WatchAI works in servers, where what is made belongs to all of it: say this in a channel.'],
};

export const notOpenView: CardView = {
  ...emptyView,
  tone: 'refused',
  title: 'Not open to this server',
  lines: ['Whoever runs WatchAI has named the servers that it is for; they can add this one.'],
};
