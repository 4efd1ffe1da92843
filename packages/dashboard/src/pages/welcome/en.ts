export default {
  title: 'Your team',
  first: 'Numbers belong to a team. Name yours; you can invite others later.',
  another: 'A team of its own: its own numbers, plan and people.',
  name: 'Name of the team',
  nameHint: 'Your company or project, for example',
  action: 'Make the team',
  made: 'The team {{team}} is there.',
  signedInAs: 'Signed in as {{email}}',
};
