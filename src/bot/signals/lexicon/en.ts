import type { Lexicon } from './lexicon.js';

export const en: Lexicon = {
  furious: [
    'furious', 'outrageous', 'outraged', 'disgusted', 'disgusting', 'disgrace', 'disgraceful', 'unacceptable', 'inacceptable', 'scandalous', 'rip off', 'ripoff', 'scam', 'scammers',
    'liars', 'fraud', 'incompetent', 'useless', 'worst', 'appalling', 'horrendous', 'angry', 'fuming', 'livid', 'never again', 'never order|buy|ordering|buying .. again', 'my lawyer', 'legal action', 'shame on you',
    'fed up', 'sick of', 'sick and tired', 'wtf', 'bullshit', 'lost all? trust', 'absolute|total|complete joke',
  ],
  unhappy: [
    'annoyed', 'annoying', 'disappointed', 'disappointing', 'disappointment', 'frustrated', 'frustrating', 'frustration', 'unhappy', 'upset', 'dissatisfied', 'terrible', 'awful', 'horrible', 'ridiculous',
    'pathetic', 'poor service|quality|support|communication', 'bad service|experience|support', 'unprofessional', 'unbelievable', 'losing patience', 'lost patience', 'running out of patience', 'lose patience',
    'enough is enough', 'not good enough', 'is a joke', "it's a joke", 'one|nobody ever answers|replies|picks', 'still no refund|parcel|order|delivery|sign', 'nobody|noone cares', 'let down', 'waste of time|money', 'hate', 'tired of', 'still no|not answer|reply|response|news', 'being ignored', 'you ignore|ignored',
    'nobody|noone answers|answered|replies|replied|responds|responded', 'no one answers|answered|replies|replied|responds|responded', 'how many times', 'third|fourth|fifth time', 'again and again',
    'weeks|days without an? answer|reply', 'regret', 'unfair', 'sad', 'i am|was complaining', 'formal complaint',
  ],
  problem: [
    'problem|problems', 'issue|issues', 'broken', 'broke', 'damaged', 'defective', 'faulty', 'wrong', 'missing', 'lost', 'late', 'delayed', 'delay', 'cracked', 'scratched', 'leaking', 'leaks', 'stuck',
    'does|do|did not|never work|arrive|come|fit|start', "doesn't|don't|didn't work|arrive|come|fit|start", 'not|stopped working', "isn't|aren't working", 'not|never arrived|received|delivered|come', "hasn't|haven't arrived|received|come",
    "hasn't|haven't been delivered", 'still waiting', 'have been waiting', "i've been waiting", 'no reply|answer|response', 'twice', 'fails', 'failed', 'error', 'incorrect', 'overcharged', 'charged twice', 'refuse', 'refused', 'complain', 'complaint', 'unable to',
  ],
  polite: ['thanks', 'thank you', 'many thanks', 'cheers', 'fine', 'ok', 'okay', 'good', 'nice', 'kind', 'kindly'],
  pleased: [
    'great', 'happy', 'glad', 'pleased', 'helpful', 'satisfied', 'lovely', 'thanks so much', 'thank you so|very much', 'well done', 'good job|work|service', 'nice work|job', 'love', 'loves', 'like it', 'works well|fine|again|now|perfectly',
    'appreciate', 'appreciated', 'friendly', 'recommend', 'beautiful', 'impressed', 'very|really good|nice', 'good experience', 'enjoy', 'enjoying', 'grateful',
  ],
  delighted: ['amazing', 'awesome', 'fantastic', 'excellent', 'wonderful', 'brilliant', 'delighted', 'outstanding', 'best service|shop|support|team', 'thrilled', 'superb', 'perfect', 'love it', 'could not be happier', "couldn't be happier", 'made my day', 'best .. ever'],
  neutral: [
    'thanks|thank you? in advance', 'thank you in advance', 'no problem|problems', 'no issue|issues', 'would|will be happy|glad|great|nice|lovely|appreciated|perfect', "would appreciate|love|like", "i'd appreciate|love|like", 'looking forward', 'good morning|day|evening|afternoon', 'best price|way|regards|wishes', 'kind regards', 'wrong number', 'lost and found',
    'if it|there|anything', 'not bad', 'any problem|problems|issues', 'in case of', 'what kind', 'of a? kind', 'good idea|luck|quality|for', 'is .. good', 'late order|delivery', 'later', 'happy to', 'glad to', 'nice to', 'great if', 'feel free', 'error message', 'at the latest', 'later on', "don't worry", 'a great deal', 'lost key|keys',
  ],
  negator: ['not', 'no', 'never', 'without', "isn't", "wasn't", "aren't", "weren't", "don't", "doesn't", "didn't", "can't", "won't", 'cannot', "couldn't", "wouldn't", 'hardly', 'nothing', 'dont', 'doesnt', 'isnt', 'neither', 'nor', "haven't", "hasn't"],
  booster: ['very', 'really', 'so', 'extremely', 'absolutely', 'totally', 'completely', 'incredibly', 'truly', 'deeply', 'such', 'super', 'too'],
  wantsPerson: [
    'speak|talk|chat to|with an|a|some? real|actual|live|human|proper? human|person|people|someone|somebody|agent|representative|rep|colleague|employee|advisor|adviser|staff|operator|manager|supervisor',
    'speak|talk|chat to|with your|the? manager|supervisor|boss|staff|team', 'real|actual|live|human person|human|agent|being|operator|support', 'human please', 'agent please', 'person please', 'operator please', 'a human',
    'get|connect|transfer|put|pass me .. human|person|agent|someone|somebody|representative|operator|manager', 'no|not a? bot|robot|chatbot|machine', 'stupid|dumb|useless bot|robot|chatbot', 'are|is you|this a? bot|robot|human|machine|real',
    'call me', 'give me a call|ring', 'ring me', 'phone me', 'customer service representative|agent',
  ],
  urgent: ['urgent', 'urgently', 'asap', 'as soon as possible', 'emergency', 'immediately', 'right away', 'at once', 'time critical', 'needed .. today', 'by|before|until today|tonight|tomorrow', 'need .. tomorrow', 'need .. today', 'this is dangerous', 'stranded', 'last chance', 'quick as possible', 'quickly as possible'],
  notUrgent: ['not urgent', 'no rush', 'no hurry', 'not in a hurry', 'nothing urgent', 'not that urgent', "isn't urgent", 'when you have time', 'whenever you have|find time', 'whenever it suits', 'take your time', 'no need to hurry'],
  thanks: ['thanks', 'many thanks', 'thanks a lot|million', 'thank you', 'thx', 'ty', 'cheers', 'ok', 'okay', 'great', 'perfect', 'got it', 'all right', 'alright', 'cool', 'understood', 'noted', 'will do', 'sounds good', 'wonderful', 'brilliant', 'excellent', 'lovely', 'much appreciated', 'appreciate it', 'super', 'awesome', 'nice', 'fine', 'good'],
  beside: [
    'so|very much', 'a lot', 'again', 'for your|the|all|everything|that|this', 'your|the quick|fast|kind|prompt? help|support|reply|answer|response|information|info|update|service', 'help', 'helping', 'the', 'that', 'this', 'is', 'i', 'and', 'you', 'too', 'yes', 'very', 'really', 'both', 'all', 'guys', 'team',
    'have a nice|good|great|lovely? day|weekend|evening|one', 'bye', 'best', 'regards', 'kind regards', 'best regards|wishes', 'see you', 'take care', 'you have been', "you've been very|so? helpful|kind", 'dear',
  ],
  helped: ['that|this|it helped', 'that|this|it has helped', 'that|this helps', 'that|this solved it|this|that', 'that|this solves it|that', 'that|this answers|answered my|the question', 'question answered', 'that|it did the trick', 'that was all', "that's all i needed|wanted", 'problem solved', 'it|that worked'],
  takenBack: ['never mind', 'nevermind', 'nvm', 'forget it|about', 'no longer needed|necessary|relevant', 'not needed any|anymore more?', 'ignore my|this|the last? message|mail|email|question', 'please disregard', 'disregard my|this|the message|mail|email|question', 'i found it|out', 'found it myself', "i've found it", 'sorted it myself', 'solved it myself', 'already solved|sorted|resolved'],
  greeting: ['hi', 'hello', 'hey', 'hiya', 'good morning|day|afternoon|evening', 'morning', 'there', 'team', 'everyone', 'all', 'hello there', 'anyone|anybody there', 'is', 'howdy', 'greetings', 'to you', 'dear'],
  question: ['where', 'when', 'what', 'which', 'who', 'why', 'how', 'can|could|would|will|do|did|does|are|is|have|has i|you|we|it|there|they|the|my|your|this|that', 'may i', 'any news|update', "what's", "where's", "when's", "how's", 'i wonder|wonder', "i'd like to know", 'i would like to know', 'wondering if|whether|when|how'],
  request: [
    'please', 'i|we need', 'i|we want', "i'd|we'd like", 'i|we would like', 'can|could|would|will you', 'kindly', 'i ask you', 'let me know', 'tell me', 'send me|us', 'i am|was looking for', "i'm looking for", 'i request', 'asking for', 'i wish to', 'i expect',
  ],
  order: [
    'my|our|this|that|the|an order', 'my|our|the|this|a parcel|package|shipment|delivery|refund', 'order number|no|nr|status', 'ordered', 'parcel|package|shipment|delivery has|have|was|is|did|never|still', 'tracking number|code|link', 'return|returning|returned my|the|it|this|them|one', 'send|sent|sending .. back', 'refund',
    'exchange it|them|the|my', 'delivered', 'i|we bought', 'cancel my|the|our? order', 'invoice', 'replacement',
  ],
  noNumber: ["don't|dont have|know|find|remember", 'do not have|know|find|remember', 'no number|idea', 'not sure', "can't|cannot find", 'lost it', 'have none', 'without number', 'no order number'],
  done: ['has|have|is|just arrived', 'it|they|parcel|package arrived', 'arrived today|yesterday|this', 'received it|them|the|my', 'got it|them today|yesterday|now', 'works|working now|again|perfectly', 'money|refund is|has arrived|come|here', 'all good now', 'it|problem is solved|fixed|sorted', 'has|have come', 'is here'],
  commit: [
    "we'll|i'll send|ship|refund|call|replace|repair|order|check|bring|deliver|transfer|reply|answer|write|arrange|contact|credit|update|fix|prepare|forward|pay|book|ask|find|exchange|look|take|get|let|come|make|clarify|investigate|cover|keep|inform|notify",
    "we|i will|shall send|ship|refund|call|replace|repair|order|check|bring|deliver|transfer|reply|answer|write|arrange|contact|credit|update|fix|prepare|forward|pay|book|ask|find|exchange|look|take|get|let|come|make|clarify|investigate|cover|keep|inform|notify",
    'you will|shall have|get|receive|hear', "you'll have|get|receive|hear", 'it|they|parcel|package|refund|replacement|part will be sent|shipped|refunded|there|ready|delivered|with', 'we|i promise', 'without fail', 'you have my word', 'we are going to send|refund|replace|repair|call', "we're|i'm going to send|refund|replace|repair|call", 'i am going to send|refund|replace|repair|call',
  ],
  commitWithTerm: ["it'll|they'll be|arrive|leave|come", 'will arrive|leave|come', 'is|are going out', 'arrives', 'leaves', 'ships', 'is with you', 'is|are ready', 'we|i are|am sending|shipping|refunding|calling'],
  noPromise: ['if', 'unless', 'whether', 'please', 'can|could|would you', 'will|would not', "won't", 'can not', 'cannot', "can't", 'unable', 'you need|must|have to', 'will have to', 'let us|me know', 'we are|will be closed', 'open|opened until', 'hope', 'hopefully', 'might', 'may', 'maybe', 'perhaps'],
  wantsReceipt: ['confirm receipt|reception', 'confirm you received', 'confirm the receipt', 'confirm that you received', 'acknowledge receipt', 'confirmation of receipt'],
  aboutThemselves: [
    'i commute', 'i ride|cycle|drive|travel .. day|daily|week|weekly|work', 'i|we have one|two|three|four|five|six|a|an|small|young? child|children|kid|kids|son|daughter|daughters|sons|dog|dogs|cat|cats|baby|twins|wheelchair|allergy|disability',
    "i've one|two|three|four|five|a? child|children|kid|kids|son|daughter|dog|dogs|cat|cats", 'i live in|near|on|with|alone|abroad', 'i work as|at|for|from|in|nights|shifts', "i'm vegan|vegetarian|retired|pregnant|deaf|blind|disabled|lefthanded|allergic|diabetic|student|selfemployed", 'i am vegan|vegetarian|retired|pregnant|deaf|blind|disabled|lefthanded|allergic|diabetic|student|selfemployed', "i'm a|an teacher|nurse|doctor|student|courier|engineer|cook|carpenter|farmer|musician|photographer|lawyer|mechanic|beginner", 'i am a|an teacher|nurse|doctor|student|courier|engineer|cook|carpenter|farmer|musician|photographer|lawyer|mechanic|beginner',
    'i hate|dislike|prefer phone|calls|being|cycling|to|talking', "i don't|dont like|enjoy phone|calls|being|cycling|to|talking", 'i do not like|enjoy phone|calls|being|cycling|to|talking', 'my wife|husband|partner|daughter|son|children|kids|mother|father is|are|has|have|likes|rides|uses|also', 'i moved to', 'i am|im|was .. cm|m tall', "i'm .. years old", 'i am .. years old', 'i prefer',
  ],
  joiner: ['and', 'but', 'so', 'because', 'which', 'however'],
};
