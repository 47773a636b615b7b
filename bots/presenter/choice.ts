/** Something to choose: what is shown, at most 100 characters, and what is sent back, at most 100. */
export interface Choice {
  name: string;
  value: string;
}

/** As many as a chat shows at once. */
export const mostChoices = 25;
